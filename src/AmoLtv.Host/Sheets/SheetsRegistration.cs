namespace AmoLtv.Host.Sheets;

/// <summary>Registers the services of this slice, and marks endpoints that give a file.</summary>
public static class SheetsRegistration
{
    public static IServiceCollection AddSheets(this IServiceCollection services) => services.AddSingleton<ExportSlots>();

    /// <summary>Of an endpoint behind a check of its caller: it gives a CSV file, row by row from the database.</summary>
    public static RouteHandlerBuilder GivesSheet(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<ExportFilter>()
        .Produces(StatusCodes.Status200OK, contentType: "text/csv");
}
