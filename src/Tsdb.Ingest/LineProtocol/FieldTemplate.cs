using System.Runtime.CompilerServices;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// The field keys of a line in order, each with its '=': what a line of the same producer is expected to hold. Groups with the same keys share
/// one template, so its bytes stay in the nearest cache. Immutable.
/// </summary>
internal sealed class FieldTemplate
{
    private readonly byte[] _keys;
    private readonly int[] _ends;
    private readonly KeyProbe[] _probes;

    /// <summary>Creates a template.</summary>
    /// <param name="keys">The keys as written, each followed by '='; copied.</param>
    /// <param name="ends">Where each key's '=' ends; copied.</param>
    public FieldTemplate(ReadOnlySpan<byte> keys, ReadOnlySpan<int> ends)
    {
        _keys = keys.ToArray();
        _ends = ends.ToArray();
        _probes = new KeyProbe[ends.Length];
        for (int index = 0; index < ends.Length; index++)
        {
            _probes[index] = KeyProbe.Of(KeyAt(index));
        }
    }

    /// <summary>The template without fields.</summary>
    public static FieldTemplate Empty { get; } = new([], []);

    /// <summary>How many keys there are.</summary>
    public int Count => _ends.Length;

    /// <summary>All keys, one after the other, each with its '='.</summary>
    public ReadOnlySpan<byte> Keys => _keys;

    /// <summary>Where each key's '=' ends in <see cref="Keys"/>.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>Key <paramref name="index"/> with its '='.</summary>
    public ReadOnlySpan<byte> KeyAt(int index)
    {
        int start = index == 0 ? 0 : _ends[index - 1];
        return _keys.AsSpan(start, _ends[index] - start);
    }

    /// <summary>The length of key <paramref name="index"/> with its '=' when it stands at <paramref name="at"/>; 0 when it does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MatchAt(int index, ReadOnlySpan<byte> text, int at)
    {
        ref readonly KeyProbe probe = ref _probes[index];
        if (text.Length - at < KeyProbe.MaxBytes)
        {
            return text[at..].StartsWith(KeyAt(index)) ? probe.Length : 0; // at the text's end
        }

        if (!probe.IsAt(text, at))
        {
            return 0;
        }

        return probe.Length <= KeyProbe.MaxBytes || text[at..].StartsWith(KeyAt(index)) ? probe.Length : 0;
    }

    /// <summary>Finds a key among the next few from <paramref name="first"/> on, for lines that leave fields out; -1 when it is not there.</summary>
    /// <param name="keyWithEquals">The key as written, with its '='.</param>
    /// <param name="first">Where to begin.</param>
    public int IndexOf(ReadOnlySpan<byte> keyWithEquals, int first)
    {
        const int Reach = 16; // beyond it, hashing the key is cheaper than comparing on
        int end = Math.Min(Count, first + Reach);
        for (int index = first; index < end; index++)
        {
            if (KeyAt(index).SequenceEqual(keyWithEquals))
            {
                return index;
            }
        }

        return -1;
    }
}
