using System.Text;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Collects the refused lines of one request, describing only as many as a report may hold. Not thread-safe.</summary>
internal sealed class ErrorList(LineProtocolOptions options)
{
    /// <summary>Bytes of a line that are shown.</summary>
    private const int MaxTextBytes = 120;

    private List<WriteError> _errors = [];

    /// <summary>Adds a refused line.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="text">Text from the start of a line on.</param>
    /// <param name="at">Where the fault is; the line that holds it is the one reported.</param>
    /// <param name="firstLine">The number of the line <paramref name="text"/> starts with.</param>
    public void Add(LineFault fault, ReadOnlySpan<byte> text, int at, long firstLine)
    {
        if (_errors.Count >= options.MaxReportedErrors)
        {
            return;
        }

        ReadOnlySpan<byte> before = text[..at];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        long line = firstLine + before.Count((byte)'\n');
        string reason = $"{LineFaultText.Reason(fault, options)} (at byte {at - lineStart + 1})";
        _errors.Add(new WriteError(line, Excerpt(text[lineStart..]), reason));
    }

    /// <summary>Hands over the list and begins a new one.</summary>
    public IReadOnlyList<WriteError> Take()
    {
        if (_errors.Count == 0)
        {
            return [];
        }

        List<WriteError> taken = _errors;
        _errors = [];
        return taken;
    }

    private static string Excerpt(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        if (line.Length <= MaxTextBytes)
        {
            return Encoding.UTF8.GetString(line);
        }

        int cut = MaxTextBytes;
        while (cut > 0 && (line[cut] & 0xC0) == 0x80)
        {
            cut--; // not within a character
        }

        return Encoding.UTF8.GetString(line[..cut]) + "…";
    }
}
