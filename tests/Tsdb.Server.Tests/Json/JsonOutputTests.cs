using System.IO.Pipelines;
using System.Text.Json;
using Tsdb.Server.Json;

namespace Tsdb.Server.Tests.Json;

public sealed class JsonOutputTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public async Task Text_AnyString_ReadsBack(FsCheck.NonNull<string> text)
    {
        // JSON text is Unicode: halves of surrogate pairs have no UTF-8 form.
        string expected = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get));
        using JsonDocument read = JsonDocument.Parse(await WriteAsync(output => output.Text(text.Get)));
        Assert.That(read.RootElement.GetString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Text_LongerThanAChunk_ReadsBack()
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\"{i}\"\u0001ä\n"));
        using JsonDocument read = JsonDocument.Parse(await WriteAsync(output => output.Text(text)));
        Assert.That(read.RootElement.GetString(), Is.EqualTo(text));
    }

    [TestCase(0, "0")]
    [TestCase(1_700_000_000_000, "1700000000")]
    [TestCase(1_700_000_000_250, "1700000000.250")]
    [TestCase(1_700_000_000_001, "1700000000.001")]
    [TestCase(-500, "-0.500")]
    [TestCase(-1_500, "-1.500")]
    [TestCase(long.MaxValue, "9223372036854775.807")]
    [TestCase(long.MinValue, "-9223372036854775.808")]
    public async Task Timestamp_AnyMilliseconds_IsWrittenAsPrometheusDoes(long milliseconds, string text) =>
        Assert.That(System.Text.Encoding.UTF8.GetString(await WriteAsync(output => output.Timestamp(milliseconds))), Is.EqualTo(text));

    [Test]
    public async Task Point_ManyPoints_AreWholeAcrossChunks()
    {
        byte[] json = await WriteAsync(output =>
        {
            output.Raw("["u8);
            for (int i = 0; i < 10_000; i++)
            {
                output.Raw(i == 0 ? ""u8 : ","u8);
                output.Point("1700000000.250"u8, i + 0.5);
            }

            output.Raw("]"u8);
        });
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.That(read.RootElement.GetArrayLength(), Is.EqualTo(10_000));
        Assert.That(read.RootElement[9_999][1].GetString(), Is.EqualTo("9999.5"));
    }

    private static async Task<byte[]> WriteAsync(Action<JsonOutput> write)
    {
        using var bytes = new MemoryStream();
        PipeWriter pipe = PipeWriter.Create(bytes, new StreamPipeWriterOptions(leaveOpen: true));
        var output = new JsonOutput(pipe);
        write(output);
        await output.FlushAsync(CancellationToken.None);
        await pipe.CompleteAsync();
        return bytes.ToArray();
    }
}
