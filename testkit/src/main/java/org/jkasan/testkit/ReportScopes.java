package org.jkasan.testkit;

import java.util.function.Predicate;
import org.jkasan.Kasan;
import org.jkasan.report.ReportInfo;

/**
 * Which scope each thread of this JVM belongs to. Static, as the sanitizer that it listens to is:
 * there is one in a JVM.
 */
final class ReportScopes {

    /** A scope, and which of its reports are to stay off the record. */
    private record Membership(ReportScope scope, Predicate<ReportInfo> expected) {}

    private static final ReportScope ROOT = ReportScope.root();

    private static final Predicate<ReportInfo> NONE = info -> false;

    /** Handed on to each thread by the one that starts it. */
    private static final InheritableThreadLocal<Membership> CURRENT =
            new InheritableThreadLocal<>();

    static {
        Kasan.addReportListener(ReportScopes::expects);
    }

    private ReportScopes() {}

    private static boolean expects(ReportInfo info) {
        Membership membership = CURRENT.get();
        if (membership == null) {
            ROOT.receive(info);
            return false;
        }
        membership.scope.receive(info);
        return membership.expected.test(info);
    }

    static ReportScope root() {
        return ROOT;
    }

    /** The scope of the current thread: the root where it belongs to none. */
    static ReportScope current() {
        Membership membership = CURRENT.get();
        return membership == null ? ROOT : membership.scope;
    }

    /**
     * Has the current thread belong to a scope, and the threads that it starts from now on.
     *
     * @return what ends the scope, and brings back what was before; to be called on this thread
     */
    static Entered enter(ReportScope scope) {
        return enter(scope, NONE);
    }

    /**
     * The same.
     *
     * @param expected which of the reports are neither printed nor counted
     */
    static Entered enter(ReportScope scope, Predicate<ReportInfo> expected) {
        Membership before = CURRENT.get();
        CURRENT.set(new Membership(scope, expected));
        return new Entered(scope, before);
    }

    /** A scope that a thread has entered. */
    static final class Entered implements AutoCloseable {

        private final ReportScope scope;
        private final Membership before;

        private Entered(ReportScope scope, Membership before) {
            this.scope = scope;
            this.before = before;
        }

        ReportScope scope() {
            return scope;
        }

        @Override
        public void close() {
            scope.close();
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
