using Tsdb.Model.Reading;
using Tsdb.Model.Samples;

namespace Tsdb.Embedded.Tests;

public sealed class SampleCollectorTests
{
    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(7, 120)]
    public void Collect_Runs_ReturnsEverySampleInOrder(int runs, int samplesPerRun)
    {
        Sample[] samples = new SampleCollector().Collect(new RunReader(runs, samplesPerRun));
        Assert.That(samples, Is.EqualTo(Enumerable.Range(0, runs * samplesPerRun).Select(i => new Sample(i, -i))));
    }

    [Test]
    public void Collect_SeriesAfterSeries_KeepsThemApart()
    {
        var collector = new SampleCollector();
        Sample[] first = collector.Collect(new RunReader(2, 3));
        Sample[] second = collector.Collect(new RunReader(1, 2));
        Assert.That(first, Has.Length.EqualTo(6));
        Assert.That(second, Has.Length.EqualTo(2));
        Assert.That(first[5], Is.EqualTo(new Sample(5, -5)));
    }

    [Test]
    public void Collect_ManyRuns_AllocatesInProportionToTheSamples()
    {
        const int Runs = 10_000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Sample[] samples = new SampleCollector().Collect(new RunReader(Runs, 1));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(samples, Has.Length.EqualTo(Runs));
        Assert.That(allocated, Is.LessThan(8 * 16 * Runs), "Doubling takes four times the samples' 16 bytes each, the answer once more.");
    }

    /// <summary>Samples (0, -0), (1, -1), … in runs of one length.</summary>
    private sealed class RunReader(int runs, int samplesPerRun) : IColumnReader
    {
        private readonly ColumnRun _run = new(SampleKind.Float, samplesPerRun, 0, long.MaxValue, 0, false);
        private int _next = -1;

        public ref readonly ColumnRun Current => ref _run;

        public bool MoveNext() => ++_next < runs;

        public void Read(Span<long> timestampsNs, Span<double> values)
        {
            for (int i = 0; i < samplesPerRun; i++)
            {
                timestampsNs[i] = (_next * samplesPerRun) + i;
                values[i] = -timestampsNs[i];
            }
        }

        public void ReadStartTimestamps(Span<long> startTimestampsNs) => throw new AssertionException("the runs have none");
    }
}
