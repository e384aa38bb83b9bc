using Tsdb.Model.Errors;

namespace Tsdb.Query.Errors;

/// <summary>The query is good PromQL but uses a part of the language, or data of a kind, that this version does not evaluate; the message names it.</summary>
public sealed class UnsupportedQueryException : TsdbException
{
    /// <summary>Names what is not supported, in a sentence for a person.</summary>
    public UnsupportedQueryException(string message)
        : base(message)
    {
    }
}
