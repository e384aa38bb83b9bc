namespace Tsdb.Ingest.RemoteWrite;

/// <summary>The metadata of a series of a 2.0 message.</summary>
/// <param name="Type">The metric type's number.</param>
/// <param name="Help">The symbol of the help text; 0 is the empty one.</param>
/// <param name="Unit">The symbol of the unit.</param>
internal readonly record struct MetadataReferences(uint Type, uint Help, uint Unit);
