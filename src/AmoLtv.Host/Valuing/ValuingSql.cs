namespace AmoLtv.Host.Valuing;

/// <summary>Statements of this slice that lie beside their code as files.</summary>
internal static class ValuingSql
{
    public static string Read(string name)
    {
        using var stream = typeof(ValuingSql).Assembly.GetManifestResourceStream($"AmoLtv.Host.Valuing.{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
