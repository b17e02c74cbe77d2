"""The role names, free of the framework so that rules and actors can use them."""

CITIZEN, CLERK, SPECIALIST = "citizen", "clerk", "specialist"
LEADER, AUDITOR, ADMIN = "leader", "auditor", "admin"
PERSONNEL = "personnel"  # keeps the records of people, the quotas of posts; reads no dossier
SIGNER = "signer"  # of another agency, by order or under authority: comes with the mandate, never lent on
OFFICIAL_ROLES = (CLERK, SPECIALIST, LEADER, PERSONNEL, AUDITOR, ADMIN)
EVERY_ROLE = (CITIZEN, *OFFICIAL_ROLES)
STRANGER = "stranger"  # not held by anyone: whoever is not signed in
PUBLIC = (STRANGER, *EVERY_ROLE)

ROLE_WORDS = {
    STRANGER: "Khách",
    CITIZEN: "Người dân, doanh nghiệp",
    CLERK: "Công chức một cửa",
    SPECIALIST: "Chuyên viên",
    LEADER: "Lãnh đạo",
    SIGNER: "Ký thừa lệnh, thừa ủy quyền",
    PERSONNEL: "Cán bộ tổ chức, nhân sự",
    AUDITOR: "Thanh tra, kiểm soát",
    ADMIN: "Quản trị",
}
