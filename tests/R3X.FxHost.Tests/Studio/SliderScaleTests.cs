using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;
using R3X.FxHost.Studio.Turn;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

public sealed class SliderScaleTests
{
    private static IEnumerable<(string Effect, Parameter Parameter)> All
    {
        get
        {
            IEffectCatalogue effects = FxHost.FindEffects([Repository.PathOf("plugins")]);
            foreach (EffectDescription effect in effects.Effects)
            {
                Assert.True(effects.TryLoad(effect.Id, out LoadedEffect? loaded, out _));
                foreach (Parameter parameter in loaded.Parameters)
                    yield return (effect.Id, parameter);
            }
        }
    }

    [Fact]
    public void Every_key_press_on_every_slider_says_another_value_and_the_next_position()
    {
        int count = 0;
        foreach ((string effect, Parameter parameter) in All)
        {
            var scale = SliderScale.Of(parameter);
            Assert.InRange(scale.Last, 2, 2000);
            Assert.Equal(parameter.Minimum, scale.ValueAt(0));
            Assert.Equal(parameter.Maximum, scale.ValueAt(scale.Last));
            string before = "";
            for (int position = 0; position <= scale.Last; position++)
            {
                double value = scale.ValueAt(position);
                string text = ValueText.Format(parameter, value);
                Assert.True(text != before, $"{effect}.{parameter.Id} says {text} at {position - 1} and {position}.");
                Assert.True(text.Length <= 9, $"{effect}.{parameter.Id} says {text}.");
                Assert.Equal(position, scale.PositionOf(value));
                Assert.InRange(value, parameter.Minimum, parameter.Maximum);
                before = text;
            }

            count++;
        }

        Assert.True(count > 60);
    }

    [Fact]
    public void Every_effect_of_the_product_says_in_a_sentence_what_it_does()
    {
        IReadOnlyList<EffectDescription> effects = FxHost.FindEffects([Repository.PathOf("plugins")]).Effects;
        Assert.NotEmpty(effects);
        Assert.All(effects, effect => Assert.True(
            effect.Help.EndsWith('.') && char.IsUpper(effect.Help[0]), $"{effect.Id}: {effect.Help}"));
        Assert.Equal(effects.Count, effects.Select(effect => effect.Help).Distinct(StringComparer.Ordinal).Count());
    }
}
