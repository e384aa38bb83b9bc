using Tsdb.Model.Reading;

namespace Tsdb.Conformance.Tests.Running;

/// <summary>One of the forms a data set is queried in.</summary>
/// <param name="Name">In the memtable, in blocks, or after a restart.</param>
/// <param name="Source">Where its series are read.</param>
internal sealed record StoreForm(string Name, ISeriesSource Source);
