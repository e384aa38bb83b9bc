using System.Text.Json;

namespace Tsdb.Comparison.Tests;

/// <summary>What Prometheus answered, kept as its own JSON under the query's text: <c>{query: {"instants": [data, …], "range": data}}</c>.</summary>
public sealed class RecordedAnswers
{
    private readonly JsonElement _answers;

    private RecordedAnswers(JsonElement answers) => _answers = answers;

    /// <summary>Reads the answers for a data set.</summary>
    public static RecordedAnswers Load(DataSet dataSet)
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Answers", $"{dataSet.Name}.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new RecordedAnswers(document.RootElement.Clone());
    }

    /// <summary>The answer at one of the data set's instants.</summary>
    public Answer Instant(string query, int index) => Answer.OfPrometheus(_answers.GetProperty(query).GetProperty("instants")[index]);

    /// <summary>The answer over the data set's range.</summary>
    public Answer Range(string query) => Answer.OfPrometheus(_answers.GetProperty(query).GetProperty("range"));
}
