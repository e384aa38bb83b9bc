namespace Tsdb.Conformance.Tests.Reading;

/// <summary>What kind of annotation or failure a line expects.</summary>
internal enum ExpectationKind
{
    Fail,
    Warn,
    NoWarn,
    Info,
    NoInfo,
}
