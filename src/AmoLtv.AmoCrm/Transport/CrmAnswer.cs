using System.Net;
using System.Text.Json;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>An answer that may be read.</summary>
/// <param name="Body">The document, null for 204: nothing to return.</param>
internal readonly record struct CrmAnswer(HttpStatusCode Status, JsonElement? Body);
