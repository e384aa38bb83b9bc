using Tsdb.Storage.Shards;

namespace Tsdb.Storage.Tests.Shards;

/// <summary>Which ways of writing count as churn. Series are written in batches of a thousand, as clients do.</summary>
public sealed class ChurnMeterTests
{
    private const int BatchSamples = 1000;

    private readonly ChurnMeter _meter = new();
    private long _samples;

    [SetUp]
    public void SetUp()
    {
        _meter.Begin();
        _samples = 0;
    }

    [TestCase(3)]
    [TestCase(5)]
    [TestCase(100)]
    public void Observe_SeriesComeInTurn_IsDueInTheSecondOrThirdTurn(int samplesPerSeries)
    {
        int turns = 0;
        while (!_meter.IsDue)
        {
            Assert.That(++turns, Is.LessThanOrEqualTo(3));
            WriteTurn(series: 60_000, samplesPerSeries);
        }

        Assert.That(turns, Is.GreaterThanOrEqualTo(2));
    }

    [TestCase(1_000_000, 3)]
    [TestCase(1_000_000, 20)]
    [TestCase(100_000, 500)]
    public void Observe_ManySeriesAreLoadedAndStay_IsNotDue(int series, int samplesPerSeries)
    {
        WriteTurn(series, samplesPerSeries);

        Assert.That(_meter.IsDue, Is.False);
    }

    [Test]
    public void Observe_HalfOfTheSeriesComeTwentyTimesLessOften_IsNotDue()
    {
        const int often = 200_000;
        for (int round = 0; round < 100; round++)
        {
            Write(often, round == 0 ? often : 0);
            Write(often / 20, round < 20 ? often / 20 : 0);
            Assert.That(_meter.IsDue, Is.False, $"round {round}");
        }
    }

    [Test]
    public void Observe_FewSeriesComeInTurn_IsNotDue()
    {
        for (int turn = 0; turn < 9; turn++)
        {
            WriteTurn(series: 5000, samplesPerSeries: 5);
        }

        Assert.That(_meter.IsDue, Is.False);
    }

    [Test]
    public void Observe_ChurnAmongSeriesThatStay_IsDueWithinFourTurns()
    {
        const int stay = 200_000;
        WriteTurn(stay, samplesPerSeries: 10);
        int brief = 0;
        while (!_meter.IsDue)
        {
            Assert.That(brief += 50_000, Is.LessThanOrEqualTo(stay));
            Write(stay + 50_000, 50_000);
        }
    }

    [Test]
    public void Begin_AfterChurn_IsNotDue()
    {
        WriteTurn(series: 100_000, samplesPerSeries: 3);
        WriteTurn(series: 100_000, samplesPerSeries: 3);
        Assert.That(_meter.IsDue, Is.True);

        _meter.Begin();

        Assert.That(_meter.IsDue, Is.False);
        Assert.That(_meter.HaveReturned(0), Is.True, "nothing was written");
    }

    [Test]
    public void HaveReturned_SeriesWrittenOnceAndTwice_IsTrueFromTwiceOn()
    {
        Write(samples: 10_000, newSeries: 10_000);
        Assert.That(_meter.HaveReturned(_samples), Is.False);

        Write(samples: 10_000, newSeries: 0);
        Assert.That(_meter.HaveReturned(_samples), Is.True);
    }

    // Each series once, then each once again.
    private void WriteTurn(int series, int samplesPerSeries)
    {
        for (int round = 0; round < samplesPerSeries; round++)
        {
            Write(series, round == 0 ? series : 0);
        }
    }

    private void Write(int samples, int newSeries)
    {
        for (int written = 0; written < samples; written += BatchSamples)
        {
            int named = (int)((long)newSeries * (written + BatchSamples) / samples) - (int)((long)newSeries * written / samples);
            _samples += BatchSamples;
            _meter.Observe(named, _samples);
        }
    }
}
