package org.jkasan.samples.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MavenJarsTest {

    @Test
    void pom_hasEachArtifact() {
        assertThat(MavenJars.pom(List.of("a.b:c:1", "d:e:2:sources!")))
                .contains(
                        "<dependency><groupId>a.b</groupId><artifactId>c</artifactId>"
                                + "<version>1</version></dependency>")
                .contains("<version>2</version><classifier>sources</classifier><exclusions>");
    }

    @Test
    void pom_whatAreNoCoordinates_isSaid() {
        assertThatThrownBy(() -> MavenJars.pom(List.of("guava")))
                .hasMessage(
                        "\"guava\" are no coordinates; expected is"
                                + " group:artifact:version[:classifier], perhaps with a ! behind.");
    }
}
