using System.Text;
using Tsdb.LoadGenerator.Sending;

namespace Tsdb.LoadGenerator.Tests.Sending;

public sealed class ResponseReaderTests
{
    private const string Empty = "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n";
    private const string Counted = "HTTP/1.1 400 Bad Request\r\ncontent-length: 5\r\n\r\nwrong";
    private const string Chunked = "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbus\r\n1\r\ny\r\n0\r\n\r\n";

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(10_000)]
    public void ReadStatus_AnswersInAnyPieces_FindsEach(int pieceBytes)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(Empty + Counted + Chunked + Empty));
        var reader = new ResponseReader(destination => stream.Read(destination[..Math.Min(pieceBytes, destination.Length)]));
        int[] statuses = [reader.ReadStatus(), reader.ReadStatus(), reader.ReadStatus(), reader.ReadStatus()];
        Assert.That(statuses, Is.EqualTo(new[] { 204, 400, 503, 204 }));
    }

    [TestCase("HTTP/1.1 204 No Con", typeof(IOException))]
    [TestCase("SSH-2.0 hello\r\n\r\n", typeof(FormatException))]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", typeof(FormatException))]
    public void ReadStatus_NoWholeAnswer_Throws(string text, Type expected)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var reader = new ResponseReader(stream.Read);
        Assert.That(() => reader.ReadStatus(), Throws.TypeOf(expected));
    }
}
