using Tsdb.Model.Labels;
using Tsdb.Model.Placement;
using Tsdb.Storage.Series;

namespace Tsdb.Storage.Tests.Series;

public sealed class SeriesPlacementTests
{
    // Part of the format: these numbers must never change.
    [TestCase("", 194)]
    [TestCase("host=a", 559)]
    [TestCase("__name__=cpu,host=a", 559)]
    [TestCase("__name__=usage_user,arch=x64,hostname=host_17,region=eu-central-1", 963)]
    [TestCase("0digit=first,A=capital,__name__=cpu,z=last", 205)]
    [TestCase("host=größe", 94)]
    public void VirtualShardOf_KnownSets_IsTheRecordedOne(string labels, int expected) =>
        Assert.That(SeriesPlacement.VirtualShardOf(Parse(labels).Canonical).Value, Is.EqualTo(expected));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool VirtualShardOf_AnyMetricName_DoesNotMatter(byte[] seed, bool hasLongValue)
    {
        var builder = new LabelSetBuilder();
        foreach (byte b in seed.Distinct())
        {
            // Names before and after __name__ in byte order.
            builder.Add(b % 2 == 0 ? $"A{b}" : $"a{b}", hasLongValue ? new string('v', b * 20) : "v");
        }

        VirtualShard without = SeriesPlacement.VirtualShardOf(builder.Build().Canonical);
        builder.Add(LabelNames.MetricName, "cpu");

        return SeriesPlacement.VirtualShardOf(builder.Build().Canonical) == without;
    }

    [Test]
    public void VirtualShardOf_ManySeries_SpreadsThemEvenly()
    {
        int[] counts = new int[VirtualShard.Count];
        for (int i = 0; i < 100 * VirtualShard.Count; i++)
        {
            counts[SeriesPlacement.VirtualShardOf(LabelSet.Of(("host", $"host_{i}")).Canonical).Value]++;
        }

        Assert.That(counts, Has.All.InRange(50, 150));
    }

    [Test]
    public void ShardOf_AnyVirtualShard_IsItsNumberModuloTheCount() =>
        Assert.That(SeriesPlacement.ShardOf(new VirtualShard(1023), 10), Is.EqualTo(3));

    private static LabelSet Parse(string labels) => LabelSet.Of(
        [.. labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=')).Select(parts => (parts[0], parts[1]))]);
}
