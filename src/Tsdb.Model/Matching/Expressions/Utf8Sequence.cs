using System.Text;

namespace Tsdb.Model.Matching.Expressions;

/// <summary>A range of code points whose UTF-8 forms have one length and are exactly the products of a byte range per place.</summary>
/// <param name="Low">The lowest byte of each place, the first place in the lowest eight bits.</param>
/// <param name="High">The highest byte of each place, likewise.</param>
/// <param name="Length">How many bytes: 1 to 4.</param>
internal readonly record struct Utf8Sequence(uint Low, uint High, int Length)
{
    private static readonly int[] LastRuneOfLength = [0x7F, 0x7FF, 0xFFFF, RuneRange.MaxRune];

    /// <summary>The lowest byte of a place.</summary>
    public byte LowAt(int place) => (byte)(Low >> (8 * place));

    /// <summary>The highest byte of a place.</summary>
    public byte HighAt(int place) => (byte)(High >> (8 * place));

    /// <summary>Splits a range into sequences (the method of Russ Cox, "Regular Expression Matching in the Wild", 2010).</summary>
    public static void Split(RuneRange range, List<Utf8Sequence> into)
    {
        // Surrogates have no UTF-8 form.
        if (range.Low <= 0xDFFF && range.High >= 0xD800)
        {
            SplitValid(range.Low, 0xD7FF, into);
            SplitValid(0xE000, range.High, into);
        }
        else
        {
            SplitValid(range.Low, range.High, into);
        }
    }

    private static void SplitValid(int low, int high, List<Utf8Sequence> into)
    {
        if (low > high || TrySplitAtLength(low, high, into))
        {
            return;
        }

        // Cut where the bytes after some place do not run over all their values.
        for (int shift = 6; shift <= 18; shift += 6)
        {
            int mask = (1 << shift) - 1;
            if (high < 0x80 || (low & ~mask) == (high & ~mask))
            {
                break;
            }

            if ((low & mask) != 0)
            {
                SplitValid(low, low | mask, into);
                SplitValid((low | mask) + 1, high, into);
                return;
            }

            if ((high & mask) != mask)
            {
                SplitValid(low, (high & ~mask) - 1, into);
                SplitValid(high & ~mask, high, into);
                return;
            }
        }

        into.Add(new Utf8Sequence(Encode(low, out int length), Encode(high, out _), length));
    }

    private static bool TrySplitAtLength(int low, int high, List<Utf8Sequence> into)
    {
        foreach (int last in LastRuneOfLength)
        {
            if (low <= last && high > last)
            {
                SplitValid(low, last, into);
                SplitValid(last + 1, high, into);
                return true;
            }
        }

        return false;
    }

    private static uint Encode(int rune, out int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        bytes.Clear();
        length = new Rune(rune).EncodeToUtf8(bytes);
        return bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16) | ((uint)bytes[3] << 24);
    }
}
