using Tsdb.Model.Writing;
using Tsdb.Server.Configuration;

namespace Tsdb.Server.Tests.Configuration;

public sealed class SettingTests
{
    [Test]
    public void Names_EverySetting_FollowFromTheKey()
    {
        Assert.That(Settings.QueryMaxPointsPerSeries.Option, Is.EqualTo("--query-max-points-per-series"));
        Assert.That(Settings.QueryMaxPointsPerSeries.Variable, Is.EqualTo("TSDB__Query__MaxPointsPerSeries"));
        Assert.That(Settings.DataDirectory.Option, Is.EqualTo("--data-dir"));
    }

    [Test]
    public void All_Properties_AreListedOnce()
    {
        int declared = typeof(Settings).GetProperties().Count(property => typeof(Setting).IsAssignableFrom(property.PropertyType));
        Assert.That(Settings.All.Distinct().Count(), Is.EqualTo(declared));
    }

    [Test]
    public void Default_EverySetting_IsAValueOfItsOwn()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Setting setting in Settings.All)
            {
                Assert.That(() => Read((setting.Key, setting.DefaultText)), Throws.Nothing, setting.Key);
            }
        }
    }

    [TestCase("4MiB", 4 << 20)]
    [TestCase("4mib", 4 << 20)]
    [TestCase("1048576", 1 << 20)]
    [TestCase("1048576B", 1 << 20)]
    [TestCase("1GiB", 1 << 30)]
    public void Size_WithOrWithoutUnit_ReadsIt(string text, long bytes) =>
        Assert.That(Read((Settings.StorageMemtableBytes.Key, text)).Storage.MemtableBytes, Is.EqualTo(bytes));

    [TestCase("Storage:MemtableBytes", "1KiB")]
    [TestCase("Storage:MemtableBytes", "9999999999999999999TiB")]
    [TestCase("Storage:MemtableBytes", "-1")]
    [TestCase("Query:MaxSamples", "0")]
    [TestCase("Query:MaxSamples", "many")]
    [TestCase("Query:Timeout", "5x")]
    [TestCase("Query:Timeout", "0s")]
    [TestCase("Write:Durability", "sometimes")]
    [TestCase("Write:Durability", "1")]
    [TestCase("AllowAnonymous", "perhaps")]
    [TestCase("Listen", "ftp://127.0.0.1:1")]
    [TestCase("DataDirectory", "")]
    public void Read_WrongValue_NamesSettingValueAndRange(string key, string text)
    {
        SettingException? error = Assert.Throws<SettingException>(() => Read((key, text)));
        Assert.That(error?.Message, Does.Contain(key).And.Contain($"\"{text}\"").And.Contain("must be").And.Contain("on the command line"));
    }

    [Test]
    public void Read_Choice_IgnoresCase() =>
        Assert.That(Read((Settings.WriteDurability.Key, "Interval")).Write.Durability, Is.EqualTo(Durability.Interval));

    [Test]
    public void Read_Forever_MeansNoRetention() => Assert.That(Read((Settings.StorageRetention.Key, "forever")).Storage.Retention, Is.Null);

    [Test]
    public void Read_OneValueGivenTwice_Refuses()
    {
        SettingLayer layer = SettingLayer.OfOptions([(Settings.DataDirectory, ["a", "b"])]);
        Assert.That(() => ServerOptions.Read([layer]), Throws.TypeOf<SettingException>().With.Message.Contains("takes one value, but has 2"));
    }

    [Test]
    public void Read_TwoLayers_LaterReplacesWholeList()
    {
        SettingLayer weak = SettingLayer.OfOptions([(Settings.Listen, ["http://127.0.0.1:1", "http://127.0.0.1:2"])]);
        SettingLayer strong = SettingLayer.OfOptions([(Settings.Listen, ["http://127.0.0.1:3"])]);
        Assert.That(ServerOptions.Read([weak, strong]).Listen.Select(address => address.Port), Is.EqualTo(new[] { 3 }));
    }

    internal static ServerOptions Read(params (string Key, string Value)[] values) => ServerOptions.Read([
        SettingLayer.OfOptions(values.Select(value =>
            (Settings.All.Single(setting => setting.Key == value.Key), (IReadOnlyList<string>)[value.Value])))]);
}
