using Tsdb.Embedded;
using Tsdb.Query.Results;

namespace Tsdb.Comparison.Tests;

/// <summary>Asks what Prometheus 3.5 was asked over the same data and compares the answers, from memory and again from blocks.</summary>
/// <remarks><see cref="RecordPrometheusAnswers"/> records them anew.</remarks>
[TestFixture(false)]
[TestFixture(true)]
public sealed class PrometheusAnswersTests(bool fromBlocks)
{
    private readonly Dictionary<DataSet, TimeSeriesDatabase> _databases = [];
    private readonly Dictionary<DataSet, RecordedAnswers> _answers = [];

    [OneTimeSetUp]
    public async Task LoadAsync()
    {
        foreach (DataSet dataSet in DataSet.All)
        {
            _answers[dataSet] = RecordedAnswers.Load(dataSet);
            _databases[dataSet] = await Databases.LoadAsync(dataSet);
            if (fromBlocks)
            {
                await _databases[dataSet].CompactAsync();
            }
        }
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        foreach (TimeSeriesDatabase database in _databases.Values)
        {
            await database.DisposeAsync();
        }
    }

    [TestCaseSource(typeof(ComparedQueries), nameof(ComparedQueries.All))]
    public void Instant_AtTimesInsideTheData_AnswersAsPrometheus(ComparedQuery query)
    {
        for (int i = 0; i < query.DataSet.InstantsSeconds.Length; i++)
        {
            using QueryResult result = _databases[query.DataSet].Query(query.Text, query.DataSet.InstantsSeconds[i] * 1000);

            Assert.That(Answer.OfOurs(result).DifferencesTo(_answers[query.DataSet].Instant(query.Text, i)), Is.Empty);
        }
    }

    [TestCaseSource(typeof(ComparedQueries), nameof(ComparedQueries.All))]
    public void Range_InsideTheData_AnswersAsPrometheus(ComparedQuery query)
    {
        DataSet data = query.DataSet;
        using QueryResult result = _databases[data].QueryRange(query.Text, data.StartSeconds * 1000, data.EndSeconds * 1000, data.StepSeconds * 1000);

        Assert.That(Answer.OfOurs(result).DifferencesTo(_answers[data].Range(query.Text)), Is.Empty);
    }

    [Test]
    public void Answers_NearlyAll_HoldPoints()
    {
        int empty = ComparedQueries.All.Count(query => _answers[query.DataSet].Range(query.Text).PointCount == 0);

        Assert.That(empty, Is.LessThanOrEqualTo(3), "a comparison of nothing with nothing shows nothing");
    }
}
