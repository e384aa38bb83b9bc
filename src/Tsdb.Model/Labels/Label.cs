namespace Tsdb.Model.Labels;

/// <summary>One label as text, for people and for output; the engine works on canonical bytes.</summary>
/// <param name="Name">The label's name.</param>
/// <param name="Value">The label's value.</param>
public readonly record struct Label(string Name, string Value);
