using System.Collections.Generic;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>A line within a WebSocket.</summary>
/// <param name="id">Its <c>context_id</c>.</param>
/// <param name="delivery">How its audio is handed over.</param>
internal sealed class SpeechContext(string id, Delivery delivery)
{
    public string Id { get; } = id;

    public Delivery Delivery { get; } = delivery;

    /// <summary>What was sent and is not spoken yet.</summary>
    public List<Part> Waiting { get; } = [];

    /// <summary>Done when all that was begun has been sent.</summary>
    public Task Work { get; set; } = Task.CompletedTask;
}
