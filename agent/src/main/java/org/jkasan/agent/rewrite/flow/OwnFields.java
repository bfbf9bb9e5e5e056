package org.jkasan.agent.rewrite.flow;

import java.util.Set;
import org.objectweb.asm.tree.FieldInsnNode;

/**
 * The fields of a class that hold arrays and are not volatile: what one of its methods finds there
 * it may take to be there until it sets it, or calls something.
 *
 * @param owner internal name of the class
 * @param fields their names, each with its descriptor behind it
 */
public record OwnFields(String owner, Set<String> fields) {

    /** Whether an instruction accesses one of them. */
    boolean contains(FieldInsnNode access) {
        return access.desc.charAt(0) == '['
                && access.owner.equals(owner)
                && fields.contains(access.name + access.desc);
    }
}
