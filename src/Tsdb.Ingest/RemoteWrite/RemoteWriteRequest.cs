using Tsdb.Model.Writing;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>What a remote-write request says besides its message.</summary>
/// <param name="Version">The message's version.</param>
/// <param name="Durability">When the write counts as done.</param>
public sealed record RemoteWriteRequest(RemoteWriteVersion Version, Durability Durability = Durability.Always);
