namespace AmoLtv.Host.Syncing;

/// <summary>Statements of this slice that lie beside their code as files.</summary>
internal static class SyncSql
{
    public static string Read(string name)
    {
        using var stream = typeof(SyncSql).Assembly.GetManifestResourceStream($"AmoLtv.Host.Syncing.{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
