using System.Buffers;

namespace Tsdb.Tool.Sending;

/// <summary>Whole lines on their way to a target, in rented memory that whoever sends them gives back.</summary>
internal sealed class TextChunk : IDisposable
{
    private readonly byte[] _rented;
    private readonly int _length;

    private TextChunk(byte[] rented, int length, int lineCount, long sampleCount)
    {
        _rented = rented;
        _length = length;
        LineCount = lineCount;
        SampleCount = sampleCount;
    }

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Text => _rented.AsMemory(0, _length);

    /// <summary>Lines in it.</summary>
    public int LineCount { get; }

    /// <summary>Samples in it; 0 when nobody counted.</summary>
    public long SampleCount { get; }

    /// <summary>Copies text into a chunk.</summary>
    public static TextChunk Copy(ReadOnlySpan<byte> text, int lineCount, long sampleCount)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(rented);
        return new TextChunk(rented, text.Length, lineCount, sampleCount);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
