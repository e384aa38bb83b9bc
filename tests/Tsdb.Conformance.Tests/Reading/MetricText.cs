using System.Globalization;
using System.Text;
using Tsdb.Model.Labels;

namespace Tsdb.Conformance.Tests.Reading;

/// <summary>Reads the metric of a series line: <c>name{l="v"}</c>, <c>{"my.name","a.b"='c'}</c>, <c>{}</c>.</summary>
internal sealed class MetricText(string line)
{
    private readonly LabelSetBuilder _labels = new();
    private int _position;

    /// <summary>Splits a line into its labels and what follows them.</summary>
    public static (LabelSet Labels, string Items) Split(string line)
    {
        var reader = new MetricText(line);
        reader.Read();
        return (reader._labels.Build(), line[reader._position..]);
    }

    private void Read()
    {
        int nameEnd = line.IndexOfAny([' ', '\t', '{']);
        nameEnd = nameEnd < 0 ? line.Length : nameEnd;
        if (nameEnd > 0)
        {
            _labels.Add(LabelNames.MetricName, line[..nameEnd]);
        }

        _position = nameEnd;
        SkipBlanks();
        if (_position < line.Length && line[_position] == '{' && !line.AsSpan(_position).StartsWith("{{"))
        {
            _position++;
            ReadLabels();
        }
        else
        {
            _position = nameEnd;
        }
    }

    private void ReadLabels()
    {
        while (true)
        {
            SkipBlanks();
            if (line[_position] is ',')
            {
                _position++;
                continue;
            }

            if (line[_position] == '}')
            {
                _position++;
                return;
            }

            string name = line[_position] is '"' or '\'' or '`' ? ReadString() : ReadName();
            SkipBlanks();
            if (line[_position] != '=')
            {
                _labels.Add(LabelNames.MetricName, name);
                continue;
            }

            _position++;
            SkipBlanks();
            _labels.Add(name, ReadString());
        }
    }

    private string ReadName()
    {
        int start = _position;
        while (char.IsLetterOrDigit(line[_position]) || line[_position] is '_' or ':' or '.')
        {
            _position++;
        }

        return line[start.._position];
    }

    private string ReadString()
    {
        char quote = line[_position++];
        var text = new StringBuilder();
        while (line[_position] != quote)
        {
            text.Append(quote != '`' && line[_position] == '\\' ? ReadEscape() : line[_position++].ToString());
        }

        _position++;
        return text.ToString();
    }

    private string ReadEscape()
    {
        char kind = line[_position + 1];
        _position += 2;
        switch (kind)
        {
            case 'n': return "\n";
            case 't': return "\t";
            case 'r': return "\r";
            case 'u':
                _position += 4;
                return ((char)ushort.Parse(line.AsSpan(_position - 4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
            default: return kind.ToString();
        }
    }

    private void SkipBlanks()
    {
        while (_position < line.Length && (line[_position] is ' ' or '\t'))
        {
            _position++;
        }
    }
}
