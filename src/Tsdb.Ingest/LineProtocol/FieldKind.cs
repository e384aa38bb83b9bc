namespace Tsdb.Ingest.LineProtocol;

/// <summary>The type a field value is written as.</summary>
internal enum FieldKind : byte
{
    Float,
    Integer,
    Unsigned,
    Boolean,
    String,
}
