namespace Tsdb.Server.Configuration;

/// <summary>A setting is wrong or unknown; the message names it and where it was given. Stops the start.</summary>
internal sealed class SettingException(string message) : Exception(message);
