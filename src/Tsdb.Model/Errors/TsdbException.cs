namespace Tsdb.Model.Errors;

/// <summary>The base of every error the database reports about disk, damage or limits; mistakes of a caller are <see cref="ArgumentException"/>s.</summary>
public abstract class TsdbException : Exception
{
    /// <summary>Creates the error with a sentence for a person.</summary>
    protected TsdbException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a sentence for a person and what caused it.</summary>
    protected TsdbException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
