using Tsdb.Conformance.Tests.Reading;
using Tsdb.Query;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>Judges cases one after another, keeping the data set of the last one loaded. Remembers outcomes.</summary>
internal sealed class CaseJudge : IAsyncDisposable
{
    private static readonly QueryEngineOptions Options = new()
    {
        Features = new QueryFeatures { DelayedNameRemoval = true, StartTimestamps = true },
    };

    private readonly Dictionary<(string Script, int Line), Outcome> _outcomes = [];
    private IReadOnlyList<LoadCommand>? _loads;
    private ScriptStore? _store;

    /// <summary>How a case went, in every form of its data.</summary>
    public async Task<Outcome> JudgeAsync(ScriptCase script)
    {
        (string, int) key = (script.Script, script.Eval.LineNumber);
        if (!_outcomes.TryGetValue(key, out Outcome? outcome))
        {
            outcome = Judge(script, await StoreOfAsync(script.Loads));
            _outcomes.Add(key, outcome);
        }

        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    private async Task<ScriptStore> StoreOfAsync(IReadOnlyList<LoadCommand> loads)
    {
        if (_store is null || !ReferenceEquals(loads, _loads))
        {
            await DisposeAsync();
            _store = await ScriptStore.LoadAsync(loads);
            _loads = loads;
        }

        return _store;
    }

    // Pending is what reads or expects native histograms, whatever comes of it, and nothing else.
    private static Outcome Judge(ScriptCase script, ScriptStore store)
    {
        if (script.Eval.Series.Any(static series => series.Items.Any(static item => item.IsHistogram)))
        {
            return new Outcome(null, "expects a native histogram");
        }

        foreach (StoreForm form in store.Forms)
        {
            store.Beside.HistogramRunsRead = 0;
            string? failure = new CaseRunner(new QueryEngine(form.Source, Options, TimeProvider.System)).FailureOf(script.Eval);
            if (store.Beside.HistogramRunsRead > 0)
            {
                return new Outcome(null, "reads native histograms");
            }

            failure ??= store.Beside.OpenCursors == 0 ? null : $"{store.Beside.OpenCursors} cursors are left open";
            if (failure is not null)
            {
                return new Outcome($"{form.Name}: {failure}", null);
            }
        }

        return new Outcome(null, null);
    }
}
