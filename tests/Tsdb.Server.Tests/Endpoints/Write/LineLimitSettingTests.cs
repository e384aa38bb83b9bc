using Tsdb.Server.Configuration;

namespace Tsdb.Server.Tests.Endpoints.Write;

/// <summary>What an error says of a limit is true: the setting it names exists, and changes it.</summary>
public sealed class LineLimitSettingTests
{
    private static readonly (string Key, string Small, string Line)[] Limits =
    [
        (Settings.WriteMaxLineBytes.Key, "1KiB", $"m,{Labels(30)} value=1"),
        (Settings.WriteMaxLabels.Key, "30", $"m,{Labels(30)} value=1"),
        (Settings.WriteMaxLabelNameBytes.Key, "16", $"m,{new string('n', 17)}=v value=1"),
        (Settings.WriteMaxLabelValueBytes.Key, "16", $"m,n={new string('v', 17)} value=1"),
    ];

    [TestCaseSource(nameof(Limits))]
    public async Task Post_LineBeyondTheLimit_NamesTheSetting((string Key, string Small, string Line) limit)
    {
        await using RunningServer server = await RunningServer.StartAsync((limit.Key, limit.Small));
        Answer answer = await server.WriteAsync("/write", limit.Line);
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(limit.Key, Is.EqualTo($"Write:{NamedSetting(answer.Text)}"));
    }

    [TestCaseSource(nameof(Limits))]
    public async Task Post_LineWithinTheDefault_IsWritten((string Key, string Small, string Line) limit)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.That((await server.WriteAsync("/write", limit.Line)).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Post_LargestLimits_TakeTheLargestLine()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            (Settings.WriteMaxLineBytes.Key, "4MiB"), (Settings.WriteMaxLabels.Key, "1024"), (Settings.WriteMaxLabelValueBytes.Key, "1MiB"));
        string value = new('v', 1 << 20);
        Assert.That((await server.WriteAsync("/write", $"large,a={value},b={value},c={value} value=1 1000000000")).Status, Is.EqualTo(204));
        Answer query = await server.GetAsync("/api/v1/query?query=count(large)&time=1");
        Assert.That(query.Result, Does.Contain("\"1\""));
    }

    private static string Labels(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"label{i}={new string('v', 40)}"));

    private static string NamedSetting(string text)
    {
        const string before = "(setting ";
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(')', start)];
    }
}
