import career_relay.domain.people.introductions.guards
import career_relay.domain.people.introductions.models
import career_relay.kernel.ids
import career_relay.kernel.tenancy.rows
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agreements", "0003_pair"),
        ("consents", "0003_employers"),
        ("candidates", "0004_selection"),
        ("organizations", "0002_gate"),
        ("postings", "0002_sheet"),
        ("requests", "0002_gate"),
        ("routing", "0002_gate"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=career_relay.kernel.ids.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("employer_name", models.CharField(max_length=120, verbose_name="採用する会社")),
                ("title", models.CharField(max_length=200, verbose_name="求人名")),
                (
                    "occupation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "管理的職業"),
                            ("02", "研究・技術の職業"),
                            ("03", "法務・経営・文化芸術等の専門的職業"),
                            ("04", "医療・看護・保健の職業"),
                            ("05", "保育・教育の職業"),
                            ("06", "事務的職業"),
                            ("07", "販売・営業の職業"),
                            ("08", "福祉・介護の職業"),
                            ("09", "サービスの職業"),
                            ("10", "警備・保安の職業"),
                            ("11", "農林漁業の職業"),
                            ("12", "製造・修理・塗装・製図等の職業"),
                            ("13", "配送・輸送・機械運転の職業"),
                            ("14", "建設・土木・電気工事の職業"),
                            ("15", "運搬・清掃・包装・選別等の職業"),
                        ],
                        max_length=2,
                        verbose_name="職業分類",
                    ),
                ),
                (
                    "employment_type",
                    models.CharField(
                        blank=True,
                        choices=[("new_graduate", "新卒"), ("mid_career", "中途"), ("part_time", "アルバイト・パート")],
                        max_length=14,
                        verbose_name="採用の種類",
                    ),
                ),
                (
                    "prefecture",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "北海道"),
                            ("02", "青森県"),
                            ("03", "岩手県"),
                            ("04", "宮城県"),
                            ("05", "秋田県"),
                            ("06", "山形県"),
                            ("07", "福島県"),
                            ("08", "茨城県"),
                            ("09", "栃木県"),
                            ("10", "群馬県"),
                            ("11", "埼玉県"),
                            ("12", "千葉県"),
                            ("13", "東京都"),
                            ("14", "神奈川県"),
                            ("15", "新潟県"),
                            ("16", "富山県"),
                            ("17", "石川県"),
                            ("18", "福井県"),
                            ("19", "山梨県"),
                            ("20", "長野県"),
                            ("21", "岐阜県"),
                            ("22", "静岡県"),
                            ("23", "愛知県"),
                            ("24", "三重県"),
                            ("25", "滋賀県"),
                            ("26", "京都府"),
                            ("27", "大阪府"),
                            ("28", "兵庫県"),
                            ("29", "奈良県"),
                            ("30", "和歌山県"),
                            ("31", "鳥取県"),
                            ("32", "島根県"),
                            ("33", "岡山県"),
                            ("34", "広島県"),
                            ("35", "山口県"),
                            ("36", "徳島県"),
                            ("37", "香川県"),
                            ("38", "愛媛県"),
                            ("39", "高知県"),
                            ("40", "福岡県"),
                            ("41", "佐賀県"),
                            ("42", "長崎県"),
                            ("43", "熊本県"),
                            ("44", "大分県"),
                            ("45", "宮崎県"),
                            ("46", "鹿児島県"),
                            ("47", "沖縄県"),
                        ],
                        max_length=2,
                        verbose_name="勤務地",
                    ),
                ),
                ("terms", models.JSONField()),
                ("terms_hash", models.CharField(max_length=64)),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="ご本人へのひとこと")),
                ("fit_note", models.CharField(blank=True, max_length=500, verbose_name="推薦の理由")),
                ("uses_slot", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "本人確認"),
                            ("introduced", "推薦済み"),
                            ("screening", "書類選考"),
                            ("interview", "面接"),
                            ("offered", "内定"),
                            ("accepted", "内定承諾"),
                            ("joined", "入社"),
                            ("declined", "見送り（本人）"),
                            ("lapsed", "期限切れ"),
                            ("refused", "見送り（企業）"),
                            ("withdrawn", "辞退・取り下げ"),
                            ("closed", "終了"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=0, verbose_name="面接の回")),
                ("proposed_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("remind_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("introduced_at", models.DateTimeField(null=True)),
                ("owned_until", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_side",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "ご本人"),
                            ("agency", "紹介会社"),
                            ("employer", "企業"),
                            ("system", "自動"),
                        ],
                        max_length=8,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=24)),
                ("end_note", models.CharField(blank=True, max_length=300, verbose_name="補足")),
                ("offer_salary", models.PositiveIntegerField(null=True, verbose_name="年収の見込み")),
                ("offer_start_on", models.DateField(null=True, verbose_name="入社予定日")),
                ("offer_note", models.CharField(blank=True, max_length=500, verbose_name="条件の補足")),
                ("offered_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="routing.assignment",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests.call",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "hiring_employer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="postings.jobposting",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=career_relay.kernel.ids.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("times", django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None)),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="場所または接続先")),
                ("chosen", models.DateTimeField(null=True)),
                (
                    "proposed_by_side",
                    models.CharField(
                        choices=[
                            ("person", "ご本人"),
                            ("agency", "紹介会社"),
                            ("employer", "企業"),
                            ("system", "自動"),
                        ],
                        max_length=8,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("chosen_at", models.DateTimeField(null=True)),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="introductions.introduction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=career_relay.kernel.ids.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "本人確認"),
                            ("introduced", "推薦済み"),
                            ("screening", "書類選考"),
                            ("interview", "面接"),
                            ("offered", "内定"),
                            ("accepted", "内定承諾"),
                            ("joined", "入社"),
                            ("declined", "見送り（本人）"),
                            ("lapsed", "期限切れ"),
                            ("refused", "見送り（企業）"),
                            ("withdrawn", "辞退・取り下げ"),
                            ("closed", "終了"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state_after",
                    models.CharField(
                        choices=[
                            ("proposed", "本人確認"),
                            ("introduced", "推薦済み"),
                            ("screening", "書類選考"),
                            ("interview", "面接"),
                            ("offered", "内定"),
                            ("accepted", "内定承諾"),
                            ("joined", "入社"),
                            ("declined", "見送り（本人）"),
                            ("lapsed", "期限切れ"),
                            ("refused", "見送り（企業）"),
                            ("withdrawn", "辞退・取り下げ"),
                            ("closed", "終了"),
                        ],
                        max_length=10,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=0)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("person", "ご本人"),
                            ("agency", "紹介会社"),
                            ("employer", "企業"),
                            ("system", "自動"),
                        ],
                        max_length=8,
                    ),
                ),
                ("actor", models.CharField(max_length=64)),
                ("reason", models.CharField(blank=True, max_length=24)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="introductions.introduction",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=career_relay.kernel.ids.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("placement_id", models.UUIDField(unique=True)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "candidate"], name="block_of_agency")],
                "constraints": [
                    career_relay.kernel.tenancy.rows.PartyRows(
                        name="block_rows", readers=("candidate", "organization"), writers=("organization",)
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(fields=["organization", "state", "changed_at"], name="introduction_of_agency"),
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(fields=["employer", "state", "changed_at"], name="introduction_of_employer"),
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(fields=["candidate", "state"], name="introduction_of_person"),
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(fields=["assignment"], name="introduction_of_assignment"),
        ),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(
                condition=models.Q(("state", "proposed")), fields=["answer_by"], name="introduction_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.kernel.tenancy.rows.PartyRows(
                name="introduction_rows",
                readers=("candidate", "organization", "employer"),
                writers=("candidate", "organization", "employer"),
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.domain.people.introductions.guards.IntroductionBeginGuard(
                name="introduction_begin_guard"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.domain.people.introductions.guards.IntroductionGuard(name="introduction_guard"),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.domain.people.introductions.guards.IntroductionMoveGuard(
                name="introduction_move_guard"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.domain.people.introductions.guards.OpeningGuard(name="introduction_opening_guard"),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.domain.people.introductions.guards.SelectionGuard(
                name="introduction_selection_guard"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.kernel.tenancy.rows.SameTenant(
                field="assignment", name="introduction_assignment_same_tenant", tenant="organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.kernel.tenancy.rows.SameTenant(
                field="posting", name="introduction_posting_same_tenant", tenant="organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=career_relay.kernel.tenancy.rows.SameTenant(
                field="proposed_by", name="introduction_proposed_by_same_tenant", tenant="organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("proposed", "introduced", "screening", "interview", "offered", "accepted"))
                ),
                fields=("candidate", "posting"),
                name="introduction_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ("proposed", "introduced", "screening", "interview", "offered", "accepted", "joined"),
                    ),
                    ("uses_slot", True),
                ),
                fields=("call",),
                name="introduction_one_per_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("introduced_at__isnull", False)),
                expressions=[
                    ("candidate", "="),
                    ("employer", "="),
                    ("organization", "<>"),
                    (career_relay.domain.people.introductions.models.OwnedPeriod("introduced_at", "owned_until"), "&&"),
                ],
                name="introduction_not_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state__in", ("declined", "lapsed", "refused", "withdrawn", "closed")),
                        models.Q(("end_side", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ("declined", "lapsed", "refused", "withdrawn", "closed")), _negated=True
                        ),
                        ("end_side", ""),
                        ("ended_at", None),
                    ),
                    _connector="OR",
                ),
                name="introduction_end_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("uses_slot", False), ("call__isnull", False), _connector="OR"),
                name="introduction_slot_has_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=career_relay.kernel.tenancy.rows.PartyRows(
                name="interview_rows",
                readers=("candidate", "organization", "employer"),
                writers=("candidate", "organization", "employer"),
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=career_relay.domain.people.introductions.guards.PartiesGuard(name="interview_parties"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(fields=("introduction", "round"), name="interview_once"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("times__len__gte", 1), ("times__len__lte", 5)), name="interview_has_times"
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["introduction", "at"], name="step_of_introduction"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=career_relay.kernel.tenancy.rows.PartyRows(
                name="step_rows",
                readers=("candidate", "organization", "employer"),
                writers=("candidate", "organization", "employer"),
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=career_relay.kernel.tenancy.rows.Kept(changes=("note",), name="step_kept"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=career_relay.domain.people.introductions.guards.PartiesGuard(name="step_parties"),
        ),
    ]
