using Tsdb.Server.Configuration;

namespace Tsdb.Server.Tests.Configuration;

public sealed class CommandLineTests
{
    [Test]
    public async Task Run_Options_ReachTheServer()
    {
        ServerOptions? seen = null;
        int exitCode = await RunAsync(
            ["--data-dir", "somewhere", "--listen", "http://127.0.0.1:1", "--listen", "http://0.0.0.0:2", "--allow-anonymous", "--query-timeout=5s"],
            options => seen = options,
            TextWriter.Null);
        Assert.That(exitCode, Is.Zero);
        Assert.That(seen!.DataDirectory, Is.EqualTo("somewhere"));
        Assert.That(seen.Listen.Select(address => address.Port), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(seen.Query.Timeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [TestCase("--no-such-thing 5", "--no-such-thing")]
    [TestCase("--query-timeout", "--query-timeout")]
    [TestCase("--query-timeout soon", "Query:Timeout")]
    [TestCase("--config /no/such/file.json", "/no/such/file.json")]
    public async Task Run_WrongArguments_ExitsWithASentenceThatNamesThem(string arguments, string named)
    {
        using var errors = new StringWriter();
        int exitCode = await RunAsync(arguments.Split(' '), _ => Assert.Fail("The server must not start."), errors);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors.ToString().TrimEnd(), Does.Contain(named).And.EndsWith("."));
    }

    [TestCase("""{ "Tsdb": { "Query": { "MaxSampels": 5 } } }""", "MaxSampels")]
    [TestCase("""{ "Tsdb": { "Query": { "MaxSamples": -5 } } }""", "Query:MaxSamples")]
    [TestCase("""{ "Tsdb": """, "cannot be read")]
    public async Task Run_WrongConfigFile_ExitsWithASentence(string json, string named)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, json);
        try
        {
            using var errors = new StringWriter();
            int exitCode = await RunAsync(["--config", path], _ => Assert.Fail("The server must not start."), errors);
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(errors.ToString(), Does.Contain(named).And.Contain(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Run_ConfigFileAndOption_OptionWins()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, """{ "Tsdb": { "Query": { "MaxSamples": 5, "Timeout": "7s" } } }""");
        try
        {
            ServerOptions? seen = null;
            await RunAsync(["--config", path, "--query-timeout", "9s"], options => seen = options, TextWriter.Null);
            Assert.That(seen!.Query.MaxSamples, Is.EqualTo(5));
            Assert.That(seen.Query.Timeout, Is.EqualTo(TimeSpan.FromSeconds(9)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<int> RunAsync(string[] arguments, Action<ServerOptions> serve, TextWriter errors) => new CommandLine().RunAsync(
        arguments,
        (options, _) =>
        {
            serve(options);
            return Task.FromResult(0);
        },
        errors);
}
