using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace Tsdb.Model.Labels;

/// <summary>Collects labels in any order and sorts them into canonical bytes. Reusable after <see cref="Clear"/>; not thread-safe.</summary>
public sealed class LabelSetBuilder
{
    private readonly ArrayBufferWriter<byte> _text = new(256);
    private readonly ArrayBufferWriter<byte> _canonical = new(256);
    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <summary>Labels added since the last <see cref="Clear"/>.</summary>
    public int Count => _count;

    /// <summary>Forgets every label, keeping the buffers.</summary>
    public void Clear()
    {
        _text.ResetWrittenCount();
        _count = 0;
    }

    /// <summary>Adds a label; one with an empty value is left out, as it means the label is absent.</summary>
    /// <exception cref="ArgumentException">The name is empty, or name or value is not valid UTF-8.</exception>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.IsEmpty)
        {
            throw new ArgumentException("A label name must not be empty.", nameof(name));
        }

        if (!CanonicalLabels.IsValidText(name))
        {
            throw new ArgumentException($"The label name \"{Encoding.UTF8.GetString(name)}\" is not valid UTF-8.", nameof(name));
        }

        if (!CanonicalLabels.IsValidText(value))
        {
            throw new ArgumentException($"The value of label \"{Encoding.UTF8.GetString(name)}\" is not valid UTF-8.", nameof(value));
        }

        AddTrusted(name, value);
    }

    /// <summary>
    /// Adds a label whose text was checked already, as that of a parsed line or of a stored series; one with an empty value is left out.
    /// </summary>
    /// <param name="name">Not empty; the caller vouches that it is valid UTF-8.</param>
    /// <param name="value">The caller vouches that it is valid UTF-8.</param>
    public void AddTrusted(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Debug.Assert(!name.IsEmpty && CanonicalLabels.IsValidText(name) && CanonicalLabels.IsValidText(value), "the caller vouched for the text");
        if (value.IsEmpty)
        {
            return;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count++] = new Entry(_text.WrittenCount, name.Length, value.Length);
        _text.Write(name);
        _text.Write(value);
    }

    /// <summary>Adds a label given as text; half a surrogate pair, which UTF-8 cannot express, becomes U+FFFD.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public void Add(string name, string value) => Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));

    /// <summary>Sorts the labels into canonical bytes, valid until the next call of this builder.</summary>
    /// <returns>False when a name occurs twice; <paramref name="duplicateName"/> then holds it.</returns>
    public bool TryBuildCanonical(out ReadOnlySpan<byte> canonical, out ReadOnlySpan<byte> duplicateName)
    {
        SortByName();
        _canonical.ResetWrittenCount();
        ReadOnlySpan<byte> previous = [];
        foreach (ref readonly Entry entry in _entries.AsSpan(0, _count))
        {
            ReadOnlySpan<byte> name = NameOf(entry);
            if (name.SequenceEqual(previous))
            {
                canonical = [];
                duplicateName = name;
                return false;
            }

            _canonical.Write(name);
            _canonical.Write([CanonicalLabels.Terminator]);
            _canonical.Write(_text.WrittenSpan.Slice(entry.Offset + entry.NameLength, entry.ValueLength));
            _canonical.Write([CanonicalLabels.Terminator]);
            previous = name;
        }

        canonical = _canonical.WrittenSpan;
        duplicateName = [];
        return true;
    }

    /// <summary>Builds the label set.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public LabelSet Build() => TryBuildCanonical(out ReadOnlySpan<byte> canonical, out ReadOnlySpan<byte> duplicate)
        ? LabelSet.FromTrusted(canonical)
        : throw new ArgumentException($"The label name \"{Encoding.UTF8.GetString(duplicate)}\" occurs twice.");

    // Insertion sort: a label set has few labels and they nearly always arrive sorted.
    private void SortByName()
    {
        for (int i = 1; i < _count; i++)
        {
            Entry moving = _entries[i];
            int hole = i;
            while (hole > 0 && NameOf(moving).SequenceCompareTo(NameOf(_entries[hole - 1])) < 0)
            {
                _entries[hole] = _entries[hole - 1];
                hole--;
            }

            _entries[hole] = moving;
        }
    }

    private ReadOnlySpan<byte> NameOf(in Entry entry) => _text.WrittenSpan.Slice(entry.Offset, entry.NameLength);

    private readonly record struct Entry(int Offset, int NameLength, int ValueLength);
}
