namespace Tsdb.Storage.Memtable;

/// <summary>What became of a sample given to a memtable. In every case the memtable now holds its value at its time.</summary>
internal enum AppendStatus : byte
{
    /// <summary>The sample is the newest of its series.</summary>
    Appended,

    /// <summary>
    /// The sample is older than the newest of its series and lies in an out-of-order leaf. If its series' in-order chunk has a sample of the same
    /// time, the leaf outranks it; that is found out when reading.
    /// </summary>
    Late,

    /// <summary>A sample of the same time had another value, which this one replaced.</summary>
    Overwritten,

    /// <summary>The very same sample was there already; nothing changed.</summary>
    Duplicate,
}
