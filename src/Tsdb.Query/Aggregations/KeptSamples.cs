using Tsdb.Query.Operators;

namespace Tsdb.Query.Aggregations;

/// <summary>The result of <c>topk</c> turned round: from "each step's series" to "each series' steps".</summary>
internal sealed class KeptSamples
{
    private readonly int[] _offsets; // where each candidate's samples begin, by arrival; one more at the end
    private readonly (int Step, double Value)[] _samples;

    private KeptSamples(int[] offsets, (int Step, double Value)[] samples)
    {
        _offsets = offsets;
        _samples = samples;
    }

    /// <summary>Collects what the heaps kept, and marks the candidates that have any of it.</summary>
    public static KeptSamples Of(LabelTable<TopHeaps> groups, List<Candidate> candidates, int steps)
    {
        int[] offsets = new int[candidates.Count + 1];
        ForEachKept(groups, steps, (series, _, _) => offsets[series + 1]++);
        foreach (Candidate candidate in candidates)
        {
            candidate.IsKept = offsets[candidate.Arrival + 1] > 0;
        }

        for (int i = 1; i < offsets.Length; i++)
        {
            offsets[i] += offsets[i - 1];
        }

        var samples = new (int Step, double Value)[offsets[^1]];
        int[] next = [.. offsets];
        ForEachKept(groups, steps, (series, step, value) => samples[next[series]++] = (step, value));
        return new KeptSamples(offsets, samples);
    }

    /// <summary>The value of a kept candidate at its first step.</summary>
    public double FirstValueOf(Candidate candidate) => _samples[_offsets[candidate.Arrival]].Value;

    /// <summary>Writes a candidate's values.</summary>
    public void Write(Candidate candidate, SeriesColumn column)
    {
        column.Presence.Clear();
        for (int i = _offsets[candidate.Arrival]; i < _offsets[candidate.Arrival + 1]; i++)
        {
            column.Set(_samples[i].Step, _samples[i].Value);
        }
    }

    private static void ForEachKept(LabelTable<TopHeaps> groups, int steps, Action<int, int, double> visit)
    {
        for (int group = 0; group < groups.Count; group++)
        {
            TopHeaps heaps = groups.ValueAt(group);
            for (int step = 0; step < steps; step++)
            {
                for (int slot = 0; slot < heaps.CountAt(step); slot++)
                {
                    visit(heaps.SeriesAt(step, slot), step, heaps.ValueAt(step, slot));
                }
            }
        }
    }
}
