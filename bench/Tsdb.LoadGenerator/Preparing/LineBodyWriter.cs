using System.Buffers;

namespace Tsdb.LoadGenerator.Preparing;

/// <summary>Bodies of line protocol: the lines as they are.</summary>
internal sealed class LineBodyWriter : IBodyWriter
{
    private readonly ArrayBufferWriter<byte> _body = new();
    private bool _isFinished;

    /// <inheritdoc/>
    public int Add(ReadOnlySpan<byte> line)
    {
        if (_isFinished)
        {
            _body.ResetWrittenCount();
            _isFinished = false;
        }

        _body.Write(line);
        _body.Write("\n"u8);
        return GeneratedLine.Parse(line).Fields.Count((byte)'=');
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Finish()
    {
        _isFinished = true;
        return _body.WrittenSpan;
    }
}
