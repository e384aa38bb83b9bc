namespace Tsdb.Query.Functions;

/// <summary>A hash of labels that is the same in every process and version, for choosing a share of all series.</summary>
internal static class LabelHash
{
    /// <summary>Where in [0, 1) the labels fall, evenly spread: FNV-1a, then MurmurHash3's final mix, which FNV lacks in its high bits.</summary>
    public static double UnitOf(ReadOnlySpan<byte> canonical)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in canonical)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}
