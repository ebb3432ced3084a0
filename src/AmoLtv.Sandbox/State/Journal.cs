using System.Text;
using System.Text.Json;
using AmoLtv.Sandbox.OAuth;

namespace AmoLtv.Sandbox.State;

/// <summary>
/// Every change as a line of JSON in <c>journal.jsonl</c>, handed to the operating system before the answer goes out:
/// a killed process loses at most a change that nobody was told of.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { IncludeFields = false };
    private readonly FileStream _file;
    private readonly MemoryStream _pending = new();

    private Journal(FileStream file) => _file = file;

    /// <summary>Opens the journal of a folder and plays it back into the state; a torn last line is dropped.</summary>
    /// <exception cref="SandboxException">The folder is in use, or a line before the last cannot be read.</exception>
    public static Journal Open(string folder, SandboxState state, TokenLedger tokens)
    {
        var path = Path.Combine(folder, "journal.jsonl");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        }
        catch (IOException busy)
        {
            throw new SandboxException($"The data folder {folder} cannot be opened, another sandbox may be using it: {busy.Message}");
        }

        try
        {
            Replay(file, path, state, tokens);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new Journal(file);
    }

    public void Append(CrmEntity entity) => Append(entity.Kind.Singular(), entity, entity.GetType());

    public void Append(CustomField field) => Append("field", field, typeof(CustomField));

    public void AppendFieldRemoval(long fieldId) => Append("fieldRemoved", fieldId, typeof(long));

    public void Append(AccountFacts account) => Append("account", account, typeof(AccountFacts));

    public void Append(CrmUser user) => Append("user", user, typeof(CrmUser));

    public void Append(CrmTask task) => Append("task", task, typeof(CrmTask));

    public void AppendTaskRemoval(long id) => Append("taskRemoved", id, typeof(long));

    public void Append(CrmNote note) => Append("note", note, typeof(CrmNote));

    public void Append(Webhook webhook) => Append("webhook", webhook, typeof(Webhook));

    public void AppendWebhookRemoval(long id) => Append("webhookRemoved", id, typeof(long));

    public void Append(Catalog catalog) => Append("catalog", catalog, typeof(Catalog));

    public void Append(CatalogElement element) => Append("element", element, typeof(CatalogElement));

    public void Append(CrmEvent happened) => Append("event", happened, typeof(CrmEvent));

    public void Append(Denial denial) => Append("denial", denial, typeof(Denial));

    public void Append(AuthorizationCode code) => Append("code", code, typeof(AuthorizationCode));

    public void Append(AccessToken token) => Append("access", token, typeof(AccessToken));

    public void Append(RefreshToken token) => Append("refresh", token, typeof(RefreshToken));

    /// <summary>Hands what was appended to the operating system.</summary>
    public void Flush()
    {
        if (_pending.Length == 0)
        {
            return;
        }

        _pending.WriteTo(_file);
        _file.Flush();
        _pending.SetLength(0);
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
        _pending.Dispose();
    }

    private void Append(string what, object value, Type type)
    {
        using (var writer = new Utf8JsonWriter(_pending))
        {
            writer.WriteStartObject();
            writer.WriteString("what", what);
            writer.WritePropertyName("is");
            JsonSerializer.Serialize(writer, value, type, Json);
            writer.WriteEndObject();
        }

        _pending.WriteByte((byte)'\n');
    }

    private static void Replay(FileStream file, string path, SandboxState state, TokenLedger tokens)
    {
        long whole = 0;
        var number = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            number++;
            var bytes = Encoding.UTF8.GetByteCount(line) + 1;
            if (whole + bytes > file.Length)
            {
                break; // The last line has no end: the process died while writing it.
            }

            try
            {
                Apply(line, state, tokens);
            }
            catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new SandboxException($"{path}, line {number}: the journal cannot be read: {unreadable.Message}");
            }

            whole += bytes;
        }

        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
    }

    private static void Apply(string line, SandboxState state, TokenLedger tokens)
    {
        using var document = JsonDocument.Parse(line);
        var value = document.RootElement.GetProperty("is");
        T Read<T>() => value.Deserialize<T>(Json)!;
        Action change = document.RootElement.GetProperty("what").GetString() switch
        {
            "lead" => () => state.Save(Read<Lead>()),
            "company" => () => state.Save(Read<Company>()),
            "contact" => () => state.Save(Read<Contact>()),
            "field" => () => state.Save(Read<CustomField>()),
            "fieldRemoved" => () => state.RemoveField(Read<long>()),
            "event" => () => state.Happened(Read<CrmEvent>()),
            "account" => () => state.Save(Read<AccountFacts>()),
            "user" => () => state.Save(Read<CrmUser>()),
            "task" => () => state.Save(Read<CrmTask>()),
            "taskRemoved" => () => state.RemoveTask(Read<long>()),
            "note" => () => state.Save(Read<CrmNote>()),
            "webhook" => () => state.Save(Read<Webhook>()),
            "webhookRemoved" => () => state.RemoveWebhook(Read<long>()),
            "catalog" => () => state.Save(Read<Catalog>()),
            "element" => () => state.Save(Read<CatalogElement>()),
            "denial" => () => state.Deny(Read<Denial>()),
            "code" => () => tokens.Keep(Read<AuthorizationCode>()),
            "access" => () => tokens.Keep(Read<AccessToken>()),
            "refresh" => () => tokens.Keep(Read<RefreshToken>()),
            var other => throw new JsonException($"'{other}' is no kind of change."),
        };
        change();
    }
}
