using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Tsdb.Ingest.LineProtocol;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>
/// Reads line protocol byte by byte, straight from the grammar, without any cleverness: the oracle that the real reader is compared with.
/// </summary>
internal sealed class ReferenceReader(byte[] text, LineProtocolPrecision precision, long defaultTimeNs)
{
    private readonly long _nsPerUnit = LineProtocolPrecisions.NsPerUnit(precision);
    private int _at;
    private int _partStart;

    private sealed class BadLineException : Exception;

    /// <summary>Every point, or "refused", in order; after a fault reading goes on after the first line feed from the bad part's start.</summary>
    public List<object> ReadAll()
    {
        var results = new List<object>();
        while (true)
        {
            try
            {
                if (!SkipToPoint())
                {
                    return results;
                }

                results.Add(ReadPoint());
            }
            catch (BadLineException)
            {
                results.Add("refused");
                int feed = Array.IndexOf(text, (byte)'\n', _partStart);
                _at = feed < 0 ? text.Length : feed + 1;
            }
        }
    }

    private int Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : -1;

    private bool SkipToPoint()
    {
        while (true)
        {
            _partStart = _at;
            SkipSpaces();
            if (Peek() == '#')
            {
                while (Peek() is >= 0x20 and not 0x7F or '\t')
                {
                    _at++;
                }

                if (!TakeLineEnd())
                {
                    throw new BadLineException();
                }
            }
            else if (_at == text.Length)
            {
                return false;
            }
            else if (!TakeLineEnd())
            {
                return true;
            }
        }
    }

    private DecodedPoint ReadPoint()
    {
        _partStart = _at;
        string measurement = Take(" ,", b => b is not (' ' or ',') && !IsControl(b));
        var tags = new List<(string Key, string Value)>();
        while (Peek() == ',')
        {
            _at++;
            string key = TakeKey();
            string value = Take(" ,=", b => b is not (' ' or ',' or '=' or '\r' or '\n'));
            Require(tags.TrueForAll(t => t.Key != key));
            tags.Add((key, value));
        }

        Require(Peek() == ' ');
        SkipSpaces();
        var fields = new List<(string, string)>();
        do
        {
            _partStart = _at;
            fields.Add((TakeKey(), TakeValue()));
        }
        while (TakeComma());

        string time = TakeTime();
        return new DecodedPoint(measurement, DecodedPoint.JoinTags(tags), DecodedPoint.JoinFields(fields), time);
    }

    private bool TakeComma()
    {
        if (Peek() != ',')
        {
            return false;
        }

        _at++;
        return true;
    }

    private string TakeKey()
    {
        string key = Take(" ,=", b => b is not (' ' or ',' or '=') && !IsControl(b));
        Require(Peek() == '=');
        _at++;
        return key;
    }

    // A run of bytes, where a backslash before one of the escapes is dropped; must not be empty.
    private string Take(string escapes, Func<int, bool> isInside)
    {
        var taken = new List<byte>();
        while (true)
        {
            int b = Peek();
            if (b == '\\' && Peek(1) >= 0 && escapes.Contains((char)Peek(1)))
            {
                taken.Add((byte)Peek(1));
                _at += 2;
            }
            else if (b >= 0 && isInside(b))
            {
                taken.Add((byte)b);
                _at++;
            }
            else
            {
                break;
            }
        }

        byte[] bytes = [.. taken];
        Require(bytes.Length > 0 && Utf8.IsValid(bytes));
        return DecodedPoint.Text(bytes);
    }

    private string TakeValue()
    {
        if (Peek() == '"')
        {
            return TakeString();
        }

        int start = _at;
        while (Peek() is >= 0 and not (' ' or ',' or '\r' or '\n'))
        {
            _at++;
        }

        string run = DecodedPoint.Text(text.AsSpan(start.._at));
        if (run is "t" or "T" or "true" or "True" or "TRUE")
        {
            return "bool 1";
        }

        if (run is "f" or "F" or "false" or "False" or "FALSE")
        {
            return "bool 0";
        }

        if (Regex.IsMatch(run, @"\A-?[0-9]+i\z") && long.TryParse(run[..^1], CultureInfo.InvariantCulture, out long integer))
        {
            return $"int {integer}";
        }

        if (Regex.IsMatch(run, @"\A[0-9]+u\z") && ulong.TryParse(run[..^1], CultureInfo.InvariantCulture, out ulong unsigned))
        {
            return $"uint {unsigned}";
        }

        Require(Regex.IsMatch(run, @"\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z"));
        double value = double.Parse(run, CultureInfo.InvariantCulture);
        Require(double.IsFinite(value));
        return DecodedPoint.Float(value);
    }

    private string TakeString()
    {
        _at++;
        var content = new StringBuilder();
        int start = _at;
        while (Peek() != '"')
        {
            Require(Peek() >= 0);
            if (Peek() == '\\' && Peek(1) is '"' or '\\')
            {
                _at++;
            }

            Require(Peek() >= 0);
            content.Append((char)Peek());
            _at++;
        }

        Require(Utf8.IsValid(text.AsSpan(start.._at)));
        _at++;
        Require(Peek() is -1 or ' ' or ',' or '\r' or '\n');
        return "string " + content;
    }

    private string TakeTime()
    {
        SkipSpaces();
        if (Peek() is -1 or '\r' or '\n')
        {
            Require(TakeLineEnd());
            return (defaultTimeNs - (defaultTimeNs % _nsPerUnit)).ToString(CultureInfo.InvariantCulture);
        }

        _partStart = _at;
        int start = _at;
        while (Peek() is '-' or (>= '0' and <= '9'))
        {
            _at++;
        }

        string digits = DecodedPoint.Text(text.AsSpan(start.._at));
        Require(Regex.IsMatch(digits, @"\A-?[0-9]+\z") && Peek() is -1 or ' ' or '\r' or '\n');
        Require(Int128.TryParse(digits, CultureInfo.InvariantCulture, out Int128 time) && time >= long.MinValue && time <= long.MaxValue);
        time *= _nsPerUnit;
        SkipSpaces();
        Require(TakeLineEnd());
        return time >= long.MinValue && time <= long.MaxValue ? time.ToString(CultureInfo.InvariantCulture) : throw new BadLineException();
    }

    private bool TakeLineEnd()
    {
        int ahead = Peek() == '\r' ? 1 : 0;
        if (Peek(ahead) is not (-1 or '\n'))
        {
            return false;
        }

        _at = Math.Min(text.Length, _at + ahead + 1);
        return true;
    }

    private void SkipSpaces()
    {
        while (Peek() == ' ')
        {
            _at++;
        }
    }

    private static bool IsControl(int b) => b is < 0x20 or 0x7F;

    private static void Require(bool isMet)
    {
        if (!isMet)
        {
            throw new BadLineException();
        }
    }
}
