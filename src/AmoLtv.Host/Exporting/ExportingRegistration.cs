namespace AmoLtv.Host.Exporting;

/// <summary>Registers the export of accounts.</summary>
public static class ExportingRegistration
{
    public static IServiceCollection AddExporting(this IServiceCollection services) => services.AddSingleton<AccountExport>();
}
