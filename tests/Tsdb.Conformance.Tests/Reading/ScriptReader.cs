using System.Text.RegularExpressions;
using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Conformance.Tests.Reading;

/// <summary>Reads scripts in the format of Prometheus' promqltest into commands.</summary>
internal sealed partial class ScriptReader(IReadOnlyList<string> lines)
{
    private readonly List<ScriptCommand> _commands = [];
    private int _next;

    public static IReadOnlyList<ScriptCommand> Read(string script)
    {
        string[] lines = [.. script.Split('\n').Select(static line => line.Trim()).Select(static line => line.StartsWith('#') ? "" : line)];
        var reader = new ScriptReader(lines);
        while (reader._next < lines.Length)
        {
            reader.ReadCommand();
        }

        return reader._commands;
    }

    private void ReadCommand()
    {
        string line = lines[_next++];
        if (line.Length == 0)
        {
            return;
        }

        if (line.Equals("clear", StringComparison.OrdinalIgnoreCase))
        {
            _commands.Add(new ClearCommand(_next));
        }
        else if (line.StartsWith("load", StringComparison.OrdinalIgnoreCase))
        {
            ReadLoad(line);
        }
        else
        {
            ReadEval(line);
        }
    }

    private void ReadLoad(string line)
    {
        int number = _next;
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var series = new List<SeriesLine>();
        while (_next < lines.Count && lines[_next].Length > 0)
        {
            string text = lines[_next++];
            bool hasStarts = StartOffsets.TryParse(text, out IReadOnlyList<long?> offsetsMs); // for the line below
            series.Add(hasStarts ? SeriesLine.Parse(lines[_next++]) with { StartOffsetsMs = offsetsMs } : SeriesLine.Parse(text));
        }

        _commands.Add(new LoadCommand(number, ScriptDuration.ParseMs(words[1]), series, words[0] == "load_with_nhcb"));
    }

    private void ReadEval(string line)
    {
        Match match = Eval().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"Line {_next} is no command: {line}");
        }

        bool isRange = match.Groups["from"].Success;
        long start = ScriptDuration.ParseMs(match.Groups[isRange ? "from" : "at"].Value);
        var eval = new EvalCommand(
            _next,
            match.Groups["query"].Value,
            start,
            isRange ? ScriptDuration.ParseMs(match.Groups["to"].Value) : start,
            isRange ? ScriptDuration.ParseMs(match.Groups["step"].Value) : 0)
        {
            IsRange = isRange,
        };
        AddLegacyExpectation(eval, match.Groups["legacy"].Value);
        while (_next < lines.Count && lines[_next].Length > 0)
        {
            if (!ReadEvalLine(eval, lines[_next++]))
            {
                break;
            }
        }

        _commands.Add(eval);
    }

    private static void AddLegacyExpectation(EvalCommand eval, string legacy)
    {
        eval.IsOrdered = legacy == "_ordered";
        if (legacy is "_fail" or "_warn" or "_info")
        {
            eval.Expectations.Add(new Expectation(Enum.Parse<ExpectationKind>(legacy[1..], ignoreCase: true), null, null));
        }
    }

    // False when the block ends with this line.
    private static bool ReadEvalLine(EvalCommand eval, string line)
    {
        Match match = RangeVector().Match(line);
        if (match.Success)
        {
            eval.RangeVector = (ScriptDuration.ParseMs(match.Groups[1].Value), ScriptDuration.ParseMs(match.Groups[3].Value));
        }
        else if (line.StartsWith("expect string ", StringComparison.Ordinal))
        {
            eval.Text = ((StringLiteral)PromQlParser.Parse(line["expect string ".Length..])).Value;
        }
        else if (line == "expect ordered")
        {
            eval.IsOrdered = true;
        }
        else if ((match = Expect().Match(line)).Success)
        {
            ExpectationKind kind = Enum.Parse<ExpectationKind>(match.Groups["kind"].Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            string text = match.Groups["text"].Value.Trim();
            string how = match.Groups["how"].Value;
            eval.Expectations.Add(new Expectation(kind, how == "msg" ? text : null, how == "regex" ? text : null));
        }
        else if (BareNumber().IsMatch(line))
        {
            eval.Scalar = SeriesLine.Number(line);
            return false;
        }
        else
        {
            eval.Series.Add(SeriesLine.Parse(line));
        }

        return true;
    }

    [GeneratedRegex(
        @"^eval(?<legacy>_fail|_warn|_info|_ordered)?\s+(?:instant\s+at\s+(?<at>\S+)|range\s+from\s+(?<from>\S+)\s+to\s+(?<to>\S+)\s+step\s+(?<step>\S+))\s+(?<query>.*)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Eval();

    [GeneratedRegex(@"^expect\s+range\s+vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)$")]
    private static partial Regex RangeVector();

    [GeneratedRegex(@"^expect\s+(?<kind>fail|warn|no_warn|info|no_info)(?:\s+(?<how>msg|regex):(?<text>.*))?$")]
    private static partial Regex Expect();

    [GeneratedRegex(@"^[+-]?(?:[0-9.]+(?:e[+-]?[0-9]+)?|inf|nan)$", RegexOptions.IgnoreCase)]
    private static partial Regex BareNumber();
}
