#!/usr/bin/python3
"""Draws character.png from the figures of DJ R-3X. Needs python3-numpy and python3-matplotlib; run it where it lies."""
import json, os
import matplotlib; matplotlib.use('Agg')
import matplotlib.pyplot as plt, numpy as np

here = os.path.dirname(os.path.abspath(__file__))
profile = json.load(open(os.path.join(here, '../../host/R3X.FxHost/Metering/Likeness/dj-r3x.json')))
tone, hiss = profile['tone'], profile['also']['fricative_spectrum']
plt.rcParams.update({'font.size': 9, 'axes.spines.top': False, 'axes.spines.right': False})
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), constrained_layout=True)


def band(axes, centres, median, spread, title):
    centres, median, spread = np.array(centres) / 1000, np.array(median), np.array(spread)
    axes.fill_between(centres, median - spread, median + spread, color='#e9b44c', alpha=.45, lw=0,
                      label='most recordings')
    axes.plot(centres, median, color='#9c4a1a', lw=1.6, label='their median')
    for n in range(1, 7):
        axes.axvline(n / profile['ripple_ms'], color='#2b6cb0', lw=.8, ls=':',
                     label='multiples of 1.28 kHz' if n == 1 else None)
    axes.set_title(title, loc='left'); axes.set_xlabel('kHz'); axes.set_ylabel('dB')


band(left, profile['tone_centres_hz'], tone['median'], tone['spread'], 'All of his speech')
left.set_xscale('log'); left.set_xticks([.25, .5, 1, 2, 4, 8], ['0.25', '0.5', '1', '2', '4', '8'])
left.minorticks_off()
band(right, hiss['centres_hz'], hiss['median_db'], hiss['spread_db'],
     'Hissing alone: no voice in it, and still the tube')
right.legend(frameon=False, loc='lower right')
figure.savefig(os.path.join(here, 'character.png'), dpi=90, metadata={'Software': None})
