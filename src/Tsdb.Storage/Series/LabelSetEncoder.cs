using Tsdb.Encoding.Bits;
using Tsdb.Model.Labels;

namespace Tsdb.Storage.Series;

/// <summary>Turns canonical labels into the varint numbers of their <c>name=value</c> pairs, adding texts and pairs that are new. Writer only.</summary>
/// <remarks>
/// Series that come one after another share most of their labels at the same places, as the fields of a line do: such a label is compared with the
/// one before instead of being looked up three times.
/// </remarks>
internal sealed class LabelSetEncoder(SymbolTable symbols, LabelPairTable pairs)
{
    private byte[] _encoded = new byte[64];
    private byte[] _last = new byte[256]; // the canonical labels encoded last
    private Label[] _lastLabels = new Label[16];
    private int _lastCount;

    /// <summary>Encodes a label set. What is returned is valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> canonicalLabels)
    {
        ReadOnlySpan<byte> rest = canonicalLabels;
        int length = 0;
        int count = 0;
        while (!rest.IsEmpty)
        {
            Label label = NextLabel(ref rest, count, canonicalLabels.Length);
            EnsureRoom(length, count);
            length += Varint.Write(_encoded.AsSpan(length), label.Pair);
            _lastLabels[count++] = label;
        }

        _lastCount = count;
        Remember(canonicalLabels);
        return _encoded.AsSpan(0, length);
    }

    private Label NextLabel(ref ReadOnlySpan<byte> rest, int index, int totalBytes)
    {
        int start = totalBytes - rest.Length;
        if (index < _lastCount)
        {
            Label last = _lastLabels[index];
            if (rest.StartsWith(_last.AsSpan(last.Start, last.LengthBytes)))
            {
                rest = rest[last.LengthBytes..];
                return last with { Start = start };
            }
        }

        LabelView label = CanonicalLabels.TakeFirst(ref rest);
        uint pair = pairs.GetOrAdd(symbols.GetOrAdd(label.Name), symbols.GetOrAdd(label.Value));
        return new Label(pair, start, totalBytes - rest.Length - start);
    }

    private void EnsureRoom(int length, int count)
    {
        if (length + Varint.MaxLength32 > _encoded.Length)
        {
            Array.Resize(ref _encoded, _encoded.Length * 2);
        }

        if (count == _lastLabels.Length)
        {
            Array.Resize(ref _lastLabels, count * 2);
        }
    }

    private void Remember(ReadOnlySpan<byte> canonicalLabels)
    {
        if (canonicalLabels.Length > _last.Length)
        {
            _last = new byte[canonicalLabels.Length * 2];
        }

        canonicalLabels.CopyTo(_last);
    }

    private readonly record struct Label(uint Pair, int Start, int LengthBytes);
}
