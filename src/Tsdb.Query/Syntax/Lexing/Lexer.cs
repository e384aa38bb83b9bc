using Tsdb.Query.Syntax.Text;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Syntax.Lexing;

/// <summary>Cuts a query into tokens, the terminals of the grammar, and holds it to <see cref="SyntaxLimits"/> before anything recursive begins.</summary>
/// <remarks>
/// What a word means depends on where it stands: inside braces there are no keywords and no numbers, inside brackets only durations.
/// The first thing that is no word becomes a token of kind <see cref="TokenKind.Error"/> that ends the list: the parser reports it
/// if it gets that far, so that of several errors the first in the text is told.
/// </remarks>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _start;
    private int _position;
    private int _openParens;
    private int _operators;
    private bool _inBraces;
    private bool _inBrackets;
    private bool _sawNumberInBrackets;
    private string? _error;

    private Lexer(string text)
    {
        _text = text;
        _tokens = new List<Token>(text.Length / 4 + 4);
    }

    /// <summary>Cuts a query into tokens; the last is <see cref="TokenKind.EndOfInput"/> or <see cref="TokenKind.Error"/>.</summary>
    /// <param name="text">The query.</param>
    /// <param name="error">What is wrong when the last token is an error; null otherwise.</param>
    /// <exception cref="QuerySyntaxException">The query exceeds a limit.</exception>
    public static List<Token> Scan(string text, out string? error)
    {
        if (text.Length > SyntaxLimits.MaxLength)
            throw new QuerySyntaxException(text, default, $"the query has {text.Length} characters, more than the limit of {SyntaxLimits.MaxLength}");
        var lexer = new Lexer(text);
        while (lexer.ScanOne())
        {
        }

        error = lexer._error;
        return lexer._tokens;
    }

    private bool ScanOne()
    {
        SkipBlanksAndComments();
        _start = _position;
        if (_position == _text.Length)
            return ScanEnd();
        char c = _text[_position];
        if (c is '"' or '\'' or '`' && !(_inBrackets && !_sawNumberInBrackets))
            return ScanString();
        if (_inBraces)
            return ScanInsideBraces(c);
        if (char.IsAsciiDigit(c) || c == '.' && char.IsAsciiDigit(Peek(1)))
            return ScanNumber();
        if (char.IsAsciiLetter(c) || c == '_')
            return _inBrackets ? ScanWordInsideBrackets(c) : ScanWord();
        return c == ':' && !_inBrackets ? ScanWord() : ScanSymbol(c);
    }

    private bool ScanEnd()
    {
        if (_inBraces)
            return Fail("unexpected end of input inside braces");
        if (_inBrackets && !_sawNumberInBrackets)
            return Fail("unexpected end of input in duration expression");
        if (_openParens > 0)
            return Fail("unclosed left parenthesis");
        if (_inBrackets)
            return Fail("unclosed left bracket");
        Emit(TokenKind.EndOfInput, 0);
        return false;
    }

    private bool ScanString()
    {
        var scanner = new StringScanner(_text, _position);
        return scanner.Scan() is { } wrong ? Fail(wrong) : Emit(TokenKind.String, scanner.Position - _start);
    }

    private bool ScanNumber()
    {
        var scanner = new NumberScanner(_text, _position);
        TokenKind kind = scanner.Scan();
        if (kind == TokenKind.Error)
            return Fail($"bad number or duration syntax: {QuotedText.Quote(_text.AsSpan(_start..scanner.Position))}");
        _sawNumberInBrackets |= _inBrackets;
        return Emit(kind, scanner.Position - _start);
    }

    private bool ScanWord()
    {
        int length = 1;
        while (IsWordCharacter(Peek(length)) || Peek(length) == ':')
            length++;
        TokenKind kind = TokenKinds.OfWord(_text.AsSpan(_position, length));

        // The fill modifiers came late: without the parenthesis they go on being metric names.
        if (kind is TokenKind.Fill or TokenKind.FillLeft or TokenKind.FillRight && !IsFollowedByLeftParen(_position + length))
            kind = TokenKind.Identifier;
        return Emit(kind, length);
    }

    private bool ScanWordInsideBrackets(char first)
    {
        int length = 1;
        while (IsWordCharacter(Peek(length)))
            length++;
        TokenKind kind = TokenKinds.OfWord(_text.AsSpan(_position, length));
        if (kind is TokenKind.Step or TokenKind.Range or TokenKind.MinOf or TokenKind.MaxOf)
            return Emit(kind, length);
        return Fail(_sawNumberInBrackets
            ? $"unexpected character: '{first}', expected ':'"
            : $"unexpected character in duration expression: '{first}'");
    }

    private bool ScanInsideBraces(char c)
    {
        if (char.IsAsciiLetter(c) || c == '_')
        {
            int length = 1;
            while (IsWordCharacter(Peek(length)))
                length++;
            return Emit(TokenKind.Identifier, length);
        }

        switch (c, Peek(1))
        {
            case (',', _):
                return Emit(TokenKind.Comma, 1);
            case ('=', '~'):
                return Emit(TokenKind.MatchRegex, 2);
            case ('=', _):
                return Emit(TokenKind.Equal, 1);
            case ('!', '~'):
                return Emit(TokenKind.NotMatchRegex, 2);
            case ('!', '='):
                return Emit(TokenKind.NotEqual, 2);
            case ('!', _):
                return Fail($"unexpected character after '!' inside braces: {QuotedText.QuoteCharacter(_text, _position + 1)}");
            case ('{', _):
                return Fail("unexpected left brace '{'");
            case ('}', _):
                _inBraces = false;
                return Emit(TokenKind.RightBrace, 1);
            default:
                return Fail($"unexpected character inside braces: {QuotedText.QuoteCharacter(_text, _position)}");
        }
    }

    private bool ScanSymbol(char c)
    {
        if (_inBrackets && !_sawNumberInBrackets && !"+-*/%^(),:]".Contains(c))
            return Fail($"unexpected character in duration expression: {QuotedText.QuoteCharacter(_text, _position)}");
        switch (c)
        {
            case '(':
                _openParens++;
                return Open(TokenKind.LeftParen);
            case ')' when _openParens == 0:
                _start++; // the reference reports the place behind it
                return Fail("unexpected right parenthesis ')'");
            case ')':
                _openParens--;
                return Emit(TokenKind.RightParen, 1);
            case '[' when _inBrackets:
                return Fail("unexpected left bracket '['");
            case '[':
                _inBrackets = true;
                _sawNumberInBrackets = false;
                return Open(TokenKind.LeftBracket);
            case ']' when !_inBrackets:
                return Fail("unexpected right bracket ']'");
            case ']':
                _inBrackets = false;
                return Emit(TokenKind.RightBracket, 1);
            case '{':
                _inBraces = true;
                return Open(TokenKind.LeftBrace);
            default:
                if (SymbolKind(c) is { } found)
                    return Emit(found.Kind, found.Length);
                return Fail(c is '=' or '!'
                    ? $"unexpected character after '{c}': {QuotedText.QuoteCharacter(_text, _position + 1)}"
                    : $"unexpected character: {QuotedText.QuoteCharacter(_text, _position)}");
        }
    }

    private (TokenKind Kind, int Length)? SymbolKind(char c) => (c, Peek(1)) switch
    {
        (',', _) => (TokenKind.Comma, 1),
        (':', _) => (TokenKind.Colon, 1),
        ('+', _) => (TokenKind.Add, 1),
        ('-', _) => (TokenKind.Subtract, 1),
        ('*', _) => (TokenKind.Multiply, 1),
        ('/', _) => (TokenKind.Divide, 1),
        ('%', _) => (TokenKind.Modulo, 1),
        ('^', _) => (TokenKind.Power, 1),
        ('@', _) => (TokenKind.At, 1),
        ('=', '=') => (TokenKind.EqualEqual, 2),
        ('=', '~') => null,
        ('=', _) => (TokenKind.Equal, 1),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('<', '=') => (TokenKind.LessOrEqual, 2),
        ('<', '/') => (TokenKind.TrimUpper, 2),
        ('<', _) => (TokenKind.Less, 1),
        ('>', '=') => (TokenKind.GreaterOrEqual, 2),
        ('>', '/') => (TokenKind.TrimLower, 2),
        ('>', _) => (TokenKind.Greater, 1),
        _ => null,
    };

    private bool Open(TokenKind bracket)
    {
        int open = _openParens + (_inBrackets ? 1 : 0) + (_inBraces ? 1 : 0);
        if (open > SyntaxLimits.MaxNesting)
        {
            var span = new TextSpan(_position, _position + 1);
            throw new QuerySyntaxException(_text, span, $"brackets are nested deeper than the limit of {SyntaxLimits.MaxNesting}");
        }

        return Emit(bracket, 1);
    }

    private bool Emit(TokenKind kind, int length)
    {
        _position = _start + length;
        var token = new Token(kind, _text, _start, _position);
        if (!_inBraces && TokenKinds.MakesTreeHigher(kind) && ++_operators > SyntaxLimits.MaxOperators)
            throw token.Error($"the query has more operators and ranges than the limit of {SyntaxLimits.MaxOperators}");
        _tokens.Add(token);
        return true;
    }

    private bool Fail(string error)
    {
        _error = error;
        _tokens.Add(new Token(TokenKind.Error, _text, _start, _text.Length));
        return false;
    }

    private void SkipBlanksAndComments()
    {
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '#')
            {
                int length = _text.AsSpan(_position).IndexOfAny('\r', '\n');
                _position = length < 0 ? _text.Length : _position + length;
            }
            else if (c is ' ' or '\t' or '\n' or '\r')
            {
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    private bool IsFollowedByLeftParen(int position)
    {
        while (position < _text.Length && _text[position] is ' ' or '\t' or '\n' or '\r')
            position++;
        return position < _text.Length && _text[position] == '(';
    }

    private char Peek(int distance) => _position + distance < _text.Length ? _text[_position + distance] : '\0';

    private static bool IsWordCharacter(char c) => c == '_' || char.IsAsciiLetterOrDigit(c);
}
