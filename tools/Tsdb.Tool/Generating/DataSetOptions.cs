namespace Tsdb.Tool.Generating;

/// <summary>How much data to make.</summary>
/// <param name="Hosts">Hosts that report.</param>
/// <param name="Points">Times each of them reports.</param>
/// <param name="StartNs">The first report, in nanoseconds since the Unix epoch.</param>
/// <param name="IntervalNs">Nanoseconds between reports.</param>
/// <param name="Seed">Decides every value.</param>
internal sealed record DataSetOptions(int Hosts, int Points, long StartNs, long IntervalNs, int Seed);
