import type { Reasons } from './fact-phrases.ts';

export const enReasons: Reasons = {
  classical: {
    bright: [
      'Classical music likes this kind of open light.',
      'Open light suits classical music, as a major key does.',
    ],
    cool: ['Cool tones keep their composure, and so does classical music.'],
    muted: ['Holding back is a classical virtue: nothing is louder than it has to be.'],
    smooth: [
      'Long, unbroken areas are the eye’s legato, and legato is classical ground.',
      'Uncluttered like this, it has the calm of a classical slow movement.',
    ],
    busy: ['Detail upon detail, like the page of a classical score.'],
    green: [
      'Green is the pastoral colour, and the pastoral is an old classical form.',
      'Greens like these belong to the pastoral side of classical music.',
    ],
    blue: ['Blue gives it distance, the way a classical slow movement does.'],
    'bright+cool': [
      'Clear and cool together: the light of a classical slow movement in a major key.',
      'Light this clear and cool has the poise of a classical string quartet.',
    ],
    'bright+soft': ['Bright but gentle is how classical strings come in: broad, with a soft attack.'],
    'muted+grey': ['Such restraint is classical: it says more by holding back.'],
  },
  electronic: {
    soft: ['Tones that melt into one another are what an electronic pad sounds like.'],
    cool: ['Cool tones suit electronic music: machines that sing, not strings.'],
    grey: ['Plain grey has something of a drum machine: no ornament, only pulse, and that is electronic.'],
    teal: ['Teal is a screen’s colour before it is anything else, and electronic music lives by screens.'],
    purple: [
      'Purple is club light; no genre claims it as electronic does.',
      'Purple points straight at electronic: it is the colour of synthesisers after midnight.',
    ],
    pink: ['Pink in this amount reads as neon, and neon hums in electronic.'],
    'dark+cool': [
      'Dark and cool is where electronic music lives: late, with the synthesisers in charge.',
      'That is the palette of the late hours, when electronic takes over from everything else.',
    ],
    'dark+vivid': [
      'Colour burning out of the dark is how a club is lit, and how electronic music sounds.',
      'Strong colour needs darkness to glow in; electronic music works the same way.',
    ],
    'dark+muted': ['Dark, with the colour taken out, it has the feel of electronic at its most minimal.'],
    'cool+blue': ['Cold blue is the classic shade of a synthesiser score: electronic, in a word.'],
    'vivid+blue': ['Blue turned up this far looks electric, and electronic is how it sounds.'],
    'soft+smooth': [
      'With hardly a hard step in it, it is the picture of a long electronic pad.',
      'Gradients like these move the way an electronic filter sweep does, slowly and without a seam.',
    ],
    'dark+black': ['So much black leaves room for pulse and little else: electronic.'],
  },
  jazz: {
    dark: ['Jazz has always liked the lamps turned low.'],
    hard: ['Light set hard against shadow is how jazz has been photographed for decades.'],
    black: ['Blacks like these have the depth of a late jazz set.'],
    orange: ['Orange is close to the colour of brass, and brass is close to jazz.'],
    brown: [
      'Brown is the colour of upright basses and worn lacquer, and so of jazz.',
      'Few colours say jazz as plainly as brown: it has the grain of a double bass.',
    ],
    yellow: ['Yellow has the shine of brass, and jazz is never far from brass.'],
    'dark+warm': [
      'Low and warm is where jazz is at home, brushes on the snare, nothing rushed.',
      'Jazz likes it exactly so: the lamps turned low and the tone kept round.',
    ],
    'bright+warm': ['Warmth takes the edge off the light, as a mute does off a jazz trumpet.'],
    'warm+brown': [
      'Warm brown sounds like a double bass, wooden and unhurried: jazz.',
      'If jazz had to choose one palette, it would be hard put to choose another.',
      'Brown and warm together are the home key of jazz.',
    ],
    'muted+grey': ['Greys like these recall the black-and-white sleeves of old jazz records.'],
  },
  pop: {
    bright: [
      'Pop wants light, and here it gets it.',
      'Pop is music for the daytime, and likes things bright.',
    ],
    hard: ['Clear contrast has the punch of a pop chorus: it lands at once.'],
    warm: ['Warmth comes across as friendly, and pop likes to be friendly.'],
    busy: ['Pop likes it busy, with a small hook wherever you turn.'],
    red: ['Red is how pop gets itself noticed from across the street.'],
    yellow: ['Yellow is as near as colour comes to a major chord, and pop loves a major chord.'],
    green: ['Fresh green is a daytime colour, and pop is daytime music.'],
    teal: ['Teal is a summer colour, and pop never quite leaves the summer.'],
    blue: ['Blue in this measure is fair-weather colour, and pop is fair-weather music.'],
    pink: ['Pink is a colour that pop has made its own.'],
    'bright+cool': ['Bright and cool together feel fresh, like a pop single in its first week.'],
    'bright+warm': [
      'Bright and warm at once is the light of a summer hit: pop.',
      'Light this warm puts a picture in a good mood, and good moods are pop’s trade.',
    ],
    'bright+soft': ['Bright with nothing harsh in it is how a pop ballad is mixed.'],
    'vivid+warm': ['Warm colours turned up like this are a pop chorus in themselves.'],
    'hard+busy': ['Full of contrast and full of detail, like a pop mix with every fader up.'],
    'bright+white': ['White and bright, it is as clean as a pop mix.'],
  },
  rock: {
    busy: ['Rough, busy texture is the eye’s distortion pedal, and that means rock.'],
    black: ['Rock has always dressed in black.'],
    grey: ['Bare grey sounds of concrete, and rock has rehearsed between concrete walls for ever.'],
    white: ['Stark white is like one struck chord: rock says it loud and says it once.'],
    red: ['Red is the loudest colour there is, and rock likes it loud.'],
    'dark+warm': ['Heat in the dark is rock’s element, the glow of valves in an amplifier.'],
    'dark+muted': ['Dark, with the colour stripped out, is a look rock has worn since it first plugged in.'],
    'hard+muted': [
      'Contrast without colour is rock’s way: guitar, bass, drums and no varnish.',
      'That is rock’s bargain: give up colour, keep the impact.',
    ],
    'busy+muted': ['Grit instead of colour is a trade rock will always make.'],
    'hard+busy': ['Hard and restless like this, it looks the way a rock riff sounds with the gain up.'],
  },
};
