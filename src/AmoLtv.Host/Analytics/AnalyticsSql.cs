namespace AmoLtv.Host.Analytics;

/// <summary>Statements of this slice that lie beside their code as files.</summary>
internal static class AnalyticsSql
{
    public static string Read(string name)
    {
        using var stream = typeof(AnalyticsSql).Assembly.GetManifestResourceStream($"AmoLtv.Host.Analytics.{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
