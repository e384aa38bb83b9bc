namespace Tsdb.Model.Errors;

/// <summary>A request went over a limit. Names the limit, its value, and the setting that changes it.</summary>
public sealed class LimitExceededException : TsdbException
{
    /// <summary>Reports an exceeded limit.</summary>
    /// <param name="what">What was too large, as the subject of a sentence: "The query selects 70000000 samples".</param>
    /// <param name="limit">The limit's value.</param>
    /// <param name="setting">The setting that changes the limit.</param>
    public LimitExceededException(string what, long limit, string setting)
        : base($"{what}, more than the limit of {limit} (setting {setting}).")
    {
        Limit = limit;
        Setting = setting;
    }

    /// <summary>The limit's value.</summary>
    public long Limit { get; }

    /// <summary>The setting that changes the limit.</summary>
    public string Setting { get; }
}
