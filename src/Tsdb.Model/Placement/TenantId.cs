namespace Tsdb.Model.Placement;

/// <summary>Whose data it is. Only <see cref="Default"/> is used until tenants come; formats and seams carry it already.</summary>
/// <param name="Value">The tenant's number; 0 is the default tenant.</param>
public readonly record struct TenantId(uint Value)
{
    /// <summary>The tenant of every write and query that names none.</summary>
    public static TenantId Default => default;
}
