"""Words that no name begins with: function words, verbs, numerals, adjectives of praise and of comparison.

Measured on annotated abstracts: at least three times as often before a name as inside one.
"""

from kg.extract.tables import words

STOPS = words("""
    a about above abundant accelerate accelerated accelerates accelerating accomplishes accurate accurately achieve
    achieved achieves achieving across adapt adaptable adapted adapting adaptively adapts additional address
    addresses adds adjusts adopting adopts advanced advances advancing affect after again against aggregate
    aggressive agile al aligning all alleviate alleviates allocates allow allows alongside also alternative although
    among an and another any applied applies apply applying appropriate are around art as assess assessing assigns
    associated at augments automate available balance balancing based baseline be because been before behind being
    below benchmarking better between beyond boosting boosts both bound breaks bring build but by called can
    candidate capable careful causing challenging characterizes characterizing coded coined combined combines
    combining commercial common comparable compare compared comparing competitive compiles complete complicates
    composable composes comprehensive comprising compromising conduct configurable consider considering construct
    constructed consuming contained contemporary controlled cooled correct could curated current customize
    customized decentralizes decouples dedicated define degrade degraded degrades degrading deliver delivers
    demonstrate demonstrated demonstrates demonstrating deploy deployable deployed deploying derives designed
    detailed determines determining develop developed developing did different disables discusses distinct
    distributing diverse do documented does dominate down during e each effective efficient efficiently eight either
    eliminates eliminating else emerging employ employed employing employs enable enables enabling enforced enforces
    enhance enhances enhancing ensure entire equal essential establish et evaluate evaluated evaluates even every
    evolving examine exceeds exceptional execute executing exhibit exhibits existing expensive exploit exploiting
    exploits explore explored exposes exposing extend extending extends extensive facilitate facilitates faulty
    favor favors featuring few fewer first five for formulate formulates four frequent from fundamental further
    fuses future g generalizable generally generic given good greater greatest guide had handle has have help helps
    her here high higher highest highlight highly hinders his hope how hungry i ideal identical if implement
    implementing implements imprecise impressive improve improved improves improving in include includes including
    incorporate incorporates incorporating increase increased increases increasing increasingly incur incurs
    indicates inherent innovative insufficient integrates integrating interleave into introduce introduced
    introduces introducing intuitive investigate invisible involves is it its jointly just keep keeps key known
    larger latest leading learn leaving less leverage leverages leveraging licensed like limit limited low lowers
    lowest made main maintain maintaining major make makes making many matches maximize maximizes may meaningful
    measurable measuring meets might minimal minimize minimizes minimizing minor mitigates mixing modeled modern
    modest more most motivates motivating much must named namely necessitates negligible neither new nine no nor not
    novel now obtain of off offers often on once one only onto optimize optimized optimizing optional or original
    other our out outperform outperforming outperforms over overall overcome overestimate overestimates overlaps own
    parallelized participatory particular particularly per perform performant performing performs periodically poor
    popular powerful practical precise predefined predicts present presents preserve preserves prevent previous
    principled prior proactive produce produces producing prohibitive projected propose proposed proposes provide
    provides public published quantifying raises realizes realizing recent recently recommend reduce reduced reduces
    reducing reformulates related relevant reliable remarkable removing renders replace replacing reported
    representative reproducible require requires requiring resident respectively restricts resulting retaining
    rethinking rigorous sacrificing same sande scalable scarce second separate seven several severe severely shorter
    should show shows shrinks significant significantly similar simple simplifying since six sized slow slower
    smaller smallest so some sophisticated spanning specialized specifically standard state still stressing strict
    stringent strongest study suboptimal subsequent substantial substantially such sufficient suitable superior
    support supporting supports suppress surpassing sustains systematic takes targeting ten termed tested than that
    the their then there these they third this those though three through tight to too toward towards traditional
    treating treats true two typical typically ubiquitous under underlying unifies unlike unlocks unmodified up upon
    use used uses using usually utilize utilizes utilizing valid validate validates various versus very via was we
    were what when where whereas whether which while who whom whose why widely will with within without would x yet
    yields your zero
""")
