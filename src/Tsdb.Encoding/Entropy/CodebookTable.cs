namespace Tsdb.Encoding.Entropy;

/// <summary>For every <see cref="CodeLengths.Max"/> bits, the classes whose codes they hold, as many as are whole. Immutable and thread-safe.</summary>
internal sealed class CodebookTable
{
    /// <summary>The most classes one look-up gives: the bytes of a word.</summary>
    public const int MaxClasses = sizeof(ulong);

    /// <summary>How many entries there are.</summary>
    public const int Size = 1 << CodeLengths.Max;

    private readonly ulong[] _classes = new ulong[Size];
    private readonly ushort[] _steps = new ushort[Size];
    private readonly byte[] _lengths;

    /// <summary>Makes the table of a complete code.</summary>
    public CodebookTable(byte[] lengths, ushort[] codes)
    {
        _lengths = lengths;
        byte[] first = new byte[Size];
        for (int c = 0; c < lengths.Length; c++)
        {
            for (int index = codes[c]; lengths[c] != 0 && index < Size; index += 1 << lengths[c])
            {
                first[index] = (byte)c;
            }
        }

        for (int index = 0; index < Size; index++)
        {
            Fill(index, first);
        }
    }

    /// <summary>The classes of each entry, the first in the lowest byte.</summary>
    public ReadOnlySpan<ulong> Classes => _classes;

    /// <summary>How many classes an entry has (high byte) and how many bits their codes take (low byte); neither is 0.</summary>
    public ReadOnlySpan<ushort> Steps => _steps;

    /// <summary>Bits of each class's code.</summary>
    public ReadOnlySpan<byte> Lengths => _lengths;

    private void Fill(int index, byte[] first)
    {
        int bits = 0;
        int count = 0;
        while (count < MaxClasses)
        {
            byte next = first[index >> bits];
            if (bits + _lengths[next] > CodeLengths.Max)
            {
                break; // its code is not whole here, or is not this one
            }

            _classes[index] |= (ulong)next << (8 * count++);
            bits += _lengths[next];
        }

        _steps[index] = (ushort)((count << 8) | bits);
    }
}
