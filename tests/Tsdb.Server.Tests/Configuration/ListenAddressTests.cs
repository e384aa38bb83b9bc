using Tsdb.Server.Configuration;

namespace Tsdb.Server.Tests.Configuration;

public sealed class ListenAddressTests
{
    [TestCase("http://127.0.0.1:9201", true)]
    [TestCase("http://localhost:9201", true)]
    [TestCase("http://[::1]:9201", true)]
    [TestCase("http://unix:/tmp/tsdb.sock", true)]
    [TestCase("http://0.0.0.0:9201", false)]
    [TestCase("http://*:9201", false)]
    [TestCase("http://[::]:9201/", false)]
    [TestCase("http://192.168.1.5:80", false)]
    public void TryParse_Address_KnowsWhetherItIsLoopback(string text, bool isLoopback)
    {
        Assert.That(ListenAddress.TryParse(text, out ListenAddress? address), Is.True);
        Assert.That(address!.IsLoopback, Is.EqualTo(isLoopback));
    }

    [TestCase("")]
    [TestCase("9201")]
    [TestCase("https://127.0.0.1:9201")]
    [TestCase("http://example.org:9201")]
    [TestCase("http://127.0.0.1:9201/path")]
    [TestCase("http://user@127.0.0.1:9201")]
    [TestCase("http://127.0.0.1:99999")]
    [TestCase("http://unix:relative.sock")]
    public void TryParse_NoAddress_Refuses(string text) => Assert.That(ListenAddress.TryParse(text, out _), Is.False);

    [Test]
    public void Options_OpenAddressWithoutPermission_RefusesAndSaysHow() => Assert.That(
        () => SettingTests.Read(("Listen", "http://0.0.0.0:9201")),
        Throws.TypeOf<SettingException>().With.Message.Contains("http://0.0.0.0:9201").And.Message.Contains("--allow-anonymous"));

    [Test]
    public void Options_OpenAddressWithPermission_IsTaken() => Assert.That(
        SettingTests.Read(("Listen", "http://0.0.0.0:9201"), ("AllowAnonymous", "true")).Listen[0].IsLoopback, Is.False);
}
