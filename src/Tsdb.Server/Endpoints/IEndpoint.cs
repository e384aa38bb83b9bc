namespace Tsdb.Server.Endpoints;

/// <summary>One endpoint, or a few that only make sense together. Created once; serves requests concurrently.</summary>
internal interface IEndpoint
{
    /// <summary>Adds the endpoint's routes.</summary>
    void Map(IEndpointRouteBuilder routes);
}
