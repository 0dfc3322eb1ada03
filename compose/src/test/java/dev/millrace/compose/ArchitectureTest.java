package dev.millrace.compose;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The picture in docs/architecture.md, kept true. A rule that matches no class fails by itself. */
class ArchitectureTest {
    private static final String ROOT = "dev.millrace.";
    private static final JavaClasses MILLRACE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.millrace");

    @Test
    void servicesDoNotKnowEachOther() {
        String[] services = {"ingest", "sink", "query"};
        for (String service : services) {
            for (String other : services) {
                if (!service.equals(other)) {
                    check(noClasses()
                            .that()
                            .resideInAPackage(ROOT + service + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(ROOT + other + "..")
                            .because("they meet in Kafka and in the database only"));
                }
            }
        }
    }

    @Test
    void schemasKnowNobodyAndNobodyKnowsCompose() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "schemas..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.millrace..").and(not(resideInAPackage(ROOT + "schemas.."))))
                .because("schemas is what the others agree on"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "compose..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "compose..")
                .because("compose puts the others together"));
    }

    @Test
    void faultsAreThrownByTrialsOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "schemas.testing..", ROOT + "compose.torture..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "schemas.testing..")
                .because("a service is not to be able to spoil its own lines"));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.millrace.(*)..").should().beFreeOfCycles());
        for (String module : new String[] {"schemas", "ingest", "sink", "query", "compose"}) {
            check(slices().matching(ROOT + module + ".(*)..").should().beFreeOfCycles());
        }
    }

    @Test
    void partsDoNotKnowTheirApplication() {
        for (String module : new String[] {"sink", "query"}) {
            check(noClasses()
                    .that()
                    .resideInAPackage(ROOT + module + ".*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + module)
                    .because("the application wires its parts, so none of them can wire itself"));
        }
    }

    @Test
    void databaseIsReachedFromFewPackages() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "schemas.database..",
                        ROOT + "sink.write..",
                        ROOT + "sink.upkeep..",
                        ROOT + "sink.reject..",
                        ROOT + "query.read..",
                        ROOT + "query",
                        ROOT + "compose..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "com.zaxxer..")
                .because("SQL belongs where it can be read in one place"));
    }

    @Test
    void kafkaIsReachedFromFewPackages() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "ingest.publish..",
                        ROOT + "sink.loop..",
                        ROOT + "sink.group..",
                        ROOT + "sink.reject..",
                        ROOT + "sink",
                        ROOT + "compose..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("batches and transactions do not depend on where records come from"));
    }

    @Test
    void rejectedEventsAreReadByOneClassAndPublishedByAnother() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "sink.reject..")
                .and()
                .haveNameNotMatching(".*RejectedEventTable([$].*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..")
                .because("the order of publishing and marking can be read without SQL"));
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "sink.reject..")
                .and()
                .doNotHaveSimpleName("DeadLetterTopic")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("and without Kafka"));
    }

    @Test
    void httpServerIsKnownToHttpPackagesOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "query.http..", ROOT + "sink.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "com.sun.net.httpserver..")
                .because("the rest can be used and tested without a server"));
    }

    @Test
    void coreNeverAsksTheSystemForTheTime() {
        DescribedPredicate<JavaClass> core = resideInAnyPackage(
                ROOT + "schemas..",
                ROOT + "ingest.publish..",
                ROOT + "sink..",
                ROOT + "query.read..",
                ROOT + "query.match..",
                ROOT + "query.tail..");
        check(noClasses()
                .that(core.and(not(JavaClass.Predicates.belongTo(JavaClass.Predicates.simpleName("Ticker"))))
                        .and(not(resideInAPackage(ROOT + "schemas.testing.."))))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("time is given to it, so that tests decide it"));
    }

    @Test
    void namesSayWhatAClassIsAndClassesAreClosed() {
        check(noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .because("such a name hides what the class does"));
        check(classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .because("what is not meant to be extended says so"));
        check(classes()
                .that()
                .areAssignableTo(Exception.class)
                .should()
                .beAssignableTo(RuntimeException.class)
                .andShould()
                .haveSimpleNameEndingWith("Exception"));
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        check(classes()
                .should(ArchCondition.from(DescribedPredicate.describe(
                        "be in a package with a package-info that is @NullMarked",
                        found -> found.getPackage().isAnnotatedWith(NullMarked.class)))));
    }

    private static void check(ArchRule rule) {
        rule.check(MILLRACE);
    }
}
